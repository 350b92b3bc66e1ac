using System.Globalization;

namespace MlNetImageTranslation.Networks;

/// <summary>A layer's type and what matters of its settings, in a few characters.</summary>
internal static class LayerDescription
{
    public static string Of(Layer layer)
    {
        var text = layer switch
        {
            ConvolutionLayer l => $"Conv {l.KernelSize}x{l.KernelSize}{Stride(l.Stride)}{Sides(" pad", l.Padding)}",
            TransposedConvolutionLayer l =>
                $"TransposedConv {l.KernelSize}x{l.KernelSize}{Stride(l.Stride)}{Sides(" crop", l.Padding)}",
            NormalizationLayer l => $"{l.Kind}Norm",
            ActivationLayer { Kind: ActivationKind.LeakyRelu } l => string.Create(
                CultureInfo.InvariantCulture,
                $"LeakyReLU {l.NegativeSlope}"
            ),
            ActivationLayer { Kind: ActivationKind.Relu } => "ReLU",
            ActivationLayer l => l.Kind.ToString(),
            DropoutLayer l => string.Create(CultureInfo.InvariantCulture, $"Dropout {l.Probability}"),
            PaddingLayer l => $"{l.Mode}Pad{Sides("", l.Padding)}",
            PoolingLayer l => $"{l.Kind}Pool {l.KernelSize}x{l.KernelSize}{Stride(l.Stride)}{Sides(" pad", l.Padding)}",
            UpsamplingLayer l => $"{l.Mode}Upsample x{l.Scale}",
            BlurLayer => $"Blur {BlurLayer.Filter.Length}x{BlurLayer.Filter.Length}{Stride(BlurLayer.Stride)}",
            ConcatenationLayer => "Concat",
            AdditionLayer => "Add",
            ScaleLayer => "Scale",
            LabelPlanesLayer l => string.Create(
                CultureInfo.InvariantCulture,
                $"Labels {l.Colors.Length}{(l.Edges ? " + edges" : "")}"
            ),
            FlattenLayer => "Flatten",
            DenseLayer => "Dense",
            _ => layer.GetType().Name,
        };
        return layer.Frozen ? text + " frozen" : text;
    }

    private static string Stride(int stride) => stride == 1 ? "" : $" /{stride}";

    private static string Sides(string word, Padding padding) =>
        padding == Padding.None ? ""
        : padding.IsUniform ? $"{word} {padding.Left}"
        : $"{word} {padding.Left},{padding.Top},{padding.Right},{padding.Bottom}";
}
