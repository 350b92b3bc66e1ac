namespace MlNetImageTranslation.Export;

/// <summary>In which operators a convolution is written.</summary>
internal enum ConvolutionForm
{
    /// <summary>As the model has it.</summary>
    Direct,

    /// <summary><see cref="ManagedConvolution"/>.</summary>
    Managed,

    /// <summary><see cref="WinogradConvolution"/>.</summary>
    Winograd,

    /// <summary><see cref="SubpixelConvolution"/>.</summary>
    Subpixel,

    /// <summary><see cref="NarrowConvolution"/>.</summary>
    Narrow,
}

/// <summary>Chooses the forms of convolutions.</summary>
internal static class ConvolutionForms
{
    // Multiplications below which added operators cost more than they save: a quarter of a millisecond on one core.
    private const double LeastWork = 30e6;

    /// <summary>What is fastest for a result of that size, where <see cref="ManagedOperator"/> is there.</summary>
    public static ConvolutionForm PayingWithManaged(ConvolutionNode convolution, long height, long width) =>
        ManagedConvolution.Fits(convolution) && ManagedCost.Pays(convolution, height, width)
            ? ConvolutionForm.Managed
            : Paying(convolution, height, width);

    /// <summary>What is fastest for a result of that size, among the forms in ONNX Runtime's operators.</summary>
    public static ConvolutionForm Paying(ConvolutionNode convolution, long height, long width) =>
        Work(convolution, height, width) < LeastWork ? ConvolutionForm.Direct
        : WinogradConvolution.Fits(convolution) && WinogradConvolution.Pays(convolution, height, width)
            ? ConvolutionForm.Winograd
        : SubpixelConvolution.Fits(convolution) && SubpixelConvolution.Pays(convolution, height, width)
            ? ConvolutionForm.Subpixel
        : NarrowConvolution.Fits(convolution) && NarrowConvolution.Pays(convolution, height, width)
            ? ConvolutionForm.Narrow
        : ConvolutionForm.Direct;

    // A transposed convolution that doubles the size gives each result a quarter of its kernel.
    private static double Work(ConvolutionNode convolution, long height, long width)
    {
        double kernel = convolution.Kernel.Height * convolution.Kernel.Width / (convolution.IsTransposed ? 4.0 : 1);
        return (double)convolution.Inputs * convolution.Outputs * kernel * height * width;
    }
}
