using System.Collections.Immutable;

namespace MlNetImageTranslation.Networks;

/// <summary>
/// Halves an image through a low-pass filter, each channel by itself, so that what moves in the input moves in the
/// output (Zhang 2019, "Making Convolutional Networks Shift-Invariant Again"; Downsample of CUT's reference). The
/// border is mirrored by one pixel, neighbours weigh 1-2-1 in both directions, and an odd side is rounded up.
/// </summary>
/// <remarks>Its counterpart, Upsample of CUT's reference, is a bilinear <see cref="UpsamplingLayer"/>.</remarks>
public sealed record BlurLayer : Layer
{
    /// <summary>Step of the filter, in pixels.</summary>
    public const int Stride = 2;

    /// <summary>Mirrored pixels on every side.</summary>
    public const int Border = 1;

    /// <summary>The filter along one side; the square kernel is its outer product with itself.</summary>
    public static ImmutableArray<float> Filter { get; } = [0.25f, 0.5f, 0.25f];

    /// <summary>The kernel for so many channels, [channels, 1, side, side].</summary>
    public static float[] Kernel(int channels)
    {
        int side = Filter.Length;
        var kernel = new float[channels * side * side];
        for (int i = 0; i < kernel.Length; i++)
            kernel[i] = Filter[i / side % side] * Filter[i % side];
        return kernel;
    }

    /// <inheritdoc/>
    public override TensorShape OutputShape(ReadOnlySpan<TensorShape> inputs)
    {
        var input = Single(inputs);
        return input is { Height: > Border, Width: > Border }
            ? new(input.Channels, (input.Height + 1) / Stride, (input.Width + 1) / Stride)
            : throw new ArgumentException(
                $"Layer '{Name}' cannot mirror {Border} pixel of an input of {input}: reflection needs larger images."
            );
    }
}
