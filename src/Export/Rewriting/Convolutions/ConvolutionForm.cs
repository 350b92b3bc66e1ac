namespace MlNetImageTranslation.Export;

/// <summary>In which operators a convolution is written.</summary>
internal enum ConvolutionForm
{
    /// <summary>As the model has it.</summary>
    Direct,

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
    /// <summary>What is fastest for a result of that size.</summary>
    public static ConvolutionForm Paying(ConvolutionNode convolution, long height, long width) =>
        WinogradConvolution.Fits(convolution) && WinogradConvolution.Pays(convolution, height, width)
            ? ConvolutionForm.Winograd
        : SubpixelConvolution.Fits(convolution) && SubpixelConvolution.Pays(convolution, height, width)
            ? ConvolutionForm.Subpixel
        : NarrowConvolution.Fits(convolution) && NarrowConvolution.Pays(convolution, height, width)
            ? ConvolutionForm.Narrow
        : ConvolutionForm.Direct;
}
