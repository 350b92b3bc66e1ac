using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Networks;

/// <summary>
/// Padding on the four sides, in pixels. Four numbers, because "same" padding puts the odd pixel last.
/// For a transposed convolution they say how much of the full output is cropped away on each side.
/// </summary>
public readonly record struct Padding(int Left, int Top, int Right, int Bottom)
{
    /// <summary>No padding.</summary>
    public static Padding None => default;

    /// <summary>The same padding on all four sides.</summary>
    public static Padding All(int pixels) => new(pixels, pixels, pixels, pixels);

    /// <summary>
    /// TensorFlow's "same" padding (or cropping, for a transposed convolution) where the side is a multiple of the
    /// stride:
    /// <c>max(kernel - stride, 0)</c> in all, the smaller half first.
    /// </summary>
    public static Padding Same(int kernelSize, int stride)
    {
        int total = Math.Max(kernelSize - stride, 0),
            first = total / 2;
        return new(first, first, total - first, total - first);
    }

    /// <summary>Whether all four sides have the same padding.</summary>
    [JsonIgnore]
    public bool IsUniform => Left == Top && Top == Right && Right == Bottom;
}
