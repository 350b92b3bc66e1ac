namespace MlNetImageTranslation.Networks;

/// <summary>A diagram's colours and what they mean.</summary>
internal static class DiagramColors
{
    public static string Of(DiagramBlock block) =>
        LabelOf(block) switch
        {
            "image" => "#f6e58d",
            "frozen" => "#c8d6e5",
            "strided convolution" => "#ff9f7f",
            "convolution" => "#ffd8a8",
            "residual block" => "#d6b4e8",
            "transposed convolution" => "#8fd19e",
            "concatenation" => "#bfe3ff",
            _ => "#dddddd",
        };

    public static string LabelOf(DiagramBlock block) =>
        block.Main switch
        {
            null => "image",
            { Frozen: true } => "frozen",
            ConcatenationLayer => "concatenation",
            TransposedConvolutionLayer => "transposed convolution",
            ConvolutionLayer when block.Layers.Any(layer => layer is AdditionLayer) => "residual block",
            ConvolutionLayer { Stride: > 1 } => "strided convolution",
            ConvolutionLayer => "convolution",
            DenseLayer or FlattenLayer => "dense",
            LabelPlanesLayer => "label planes",
            _ => "scale",
        };
}
