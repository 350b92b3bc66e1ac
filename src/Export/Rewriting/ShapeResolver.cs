using System.Collections.Immutable;

namespace MlNetImageTranslation.Export;

/// <summary>Finds out what the dimensions of a model's tensors are.</summary>
internal static class ShapeResolver
{
    private static readonly ImmutableArray<long?> s_anything = [null, null, null, null];

    /// <summary>The shape of a model's input.</summary>
    /// <param name="tensor">The input.</param>
    /// <param name="given">The layout that the caller says.</param>
    /// <param name="two">Whether they are the channels of two images.</param>
    /// <exception cref="NotSupportedException">These are no images.</exception>
    /// <exception cref="ArgumentException">The layout has to be said.</exception>
    public static ImageShape OfInput(OnnxTensorInfo tensor, PixelLayout? given, bool two = false)
    {
        var (sides, missing) = tensor.Sides.IsDefaultOrEmpty ? (s_anything, []) : Complete(tensor, given);
        var (nchw, nhwc) = Possible(sides, missing);
        if (!nchw && !nhwc && given is null)
        {
            if (OtherChannels(sides) is { } channels)
                throw WrongChannels(channels, tensor);
            (nchw, nhwc) = (sides[1] is null, sides[3] is null);
        }
        if (given is null && nchw == nhwc)
            throw new ArgumentException(
                $"The model's tensor {tensor} may be batch, channels, height, width or batch, height, width, "
                    + $"channels. Say by {nameof(PixelInterface.Layout)}: {PixelLayout.Nchw} or "
                    + $"{PixelLayout.Nhwc}.",
                nameof(PixelInterface.Layout)
            );
        var shape = new ImageShape(given ?? (nchw ? PixelLayout.Nchw : PixelLayout.Nhwc), sides, missing);
        if (!two)
            return Checked(shape, tensor);
        return shape.Channels == 6
            ? shape
            : throw new NotSupportedException(
                $"A label image and its instance image are 6 channels; this model reads {shape.Channels}: {tensor}."
            );
    }

    /// <summary>The shape of a model's output: what it says itself, else the caller's layout or the input's.</summary>
    /// <param name="tensor">The output.</param>
    /// <param name="given">The layout that the caller says.</param>
    /// <param name="input">The shape of the input.</param>
    /// <exception cref="NotSupportedException">These are no images.</exception>
    public static ImageShape OfOutput(OnnxTensorInfo tensor, PixelLayout? given, ImageShape input)
    {
        // Converters leave outputs without shapes.
        if (tensor.Sides.IsDefaultOrEmpty)
            return new(input.Layout, s_anything, []);
        var (sides, missing) = Complete(tensor, given);
        var (nchw, nhwc) = Possible(sides, missing);
        return Checked(
            new(
                nchw == nhwc ? given ?? input.Layout
                    : nchw ? PixelLayout.Nchw
                    : PixelLayout.Nhwc,
                sides,
                missing
            ),
            tensor
        );
    }

    private static (ImmutableArray<long?> Sides, ImmutableArray<long> Missing) Complete(
        OnnxTensorInfo tensor,
        PixelLayout? given
    ) =>
        tensor.Sides switch
        {
            { Length: 4 } sides => (sides, []),
            // Channels, height, width or height, width, channels of one image; else a batch of gray ones.
            { Length: 3 } sides when IsChannels(sides[0]) || IsChannels(sides[2]) || given is not null => (
                [1, .. sides],
                [0]
            ),
            { Length: 3 } sides => ([.. sides, 1], [3]),
            _ => throw new NotSupportedException(
                $"An image translator reads and writes tensors of 4 dimensions, or of 3 for single or gray images; "
                    + $"this model has {tensor}."
            ),
        };

    // Channels that the tensor lacks stand last.
    private static (bool Nchw, bool Nhwc) Possible(ImmutableArray<long?> sides, ImmutableArray<long> missing) =>
        missing.Contains(3) ? (false, true) : (IsChannels(sides[1]), IsChannels(sides[3]));

    private static bool IsChannels(long? side) => side is 1 or 3;

    // Neither place for channels holds 1 or 3: how many channels that are, where one reading is plain. Three sides of
    // which one is fixed are the channels and two free sides; of two fixed ones the smaller is no side of an image
    // where the other is a good deal larger.
    private static long? OtherChannels(ImmutableArray<long?> sides)
    {
        long? first = sides[1],
            middle = sides[2],
            last = sides[3];
        return (first, middle, last) switch
        {
            ({ } a, _, { } c) => Math.Min(a, c),
            ({ } a, null, null) => a,
            (null, null, { } c) => c,
            ({ } a, { } b, null) when a < b => a,
            (null, { } b, { } c) when c < b => c,
            _ => null,
        };
    }

    private static ImageShape Checked(ImageShape shape, OnnxTensorInfo tensor) =>
        shape.Channels is 1 or 3 ? shape : throw WrongChannels(shape.Channels, tensor);

    private static NotSupportedException WrongChannels(long channels, OnnxTensorInfo tensor) =>
        new(
            $"An image translator reads and writes 1 or 3 channels; this model reads or writes {channels}: {tensor}."
                + (channels == 4 ? " Alpha does not go through models; it can be kept beside them." : "")
        );
}
