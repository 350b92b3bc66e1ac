using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Networks;

/// <summary>
/// The shape of one sample between two layers, without the batch: channels first, as PyTorch and ONNX have it.
/// </summary>
/// <param name="Channels">Feature maps (or features, after a flatten or dense layer).</param>
/// <param name="Height">Rows, in pixels of this layer; 1 after a flatten or dense layer.</param>
/// <param name="Width">Columns, in pixels of this layer; 1 after a flatten or dense layer.</param>
public readonly record struct TensorShape(int Channels, int Height, int Width)
{
    /// <summary>How many values one sample has.</summary>
    [JsonIgnore]
    public long Count => (long)Channels * Height * Width;

    /// <summary>The shape as <c>3x256x256</c>.</summary>
    public override string ToString() => $"{Channels}x{Height}x{Width}";
}
