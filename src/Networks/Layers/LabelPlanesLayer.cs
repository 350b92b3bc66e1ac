using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Networks;

/// <summary>
/// A label image as one plane of 0 and 1 for every class: a pixel belongs to the colour that is nearest to its own (the
/// earlier of equals). With an instance image, another plane has 1 where a pixel's instance differs from that of one of
/// its four neighbours (Wang et al. 2018, section 3.3). This is the input of pix2pixHD.
/// </summary>
/// <remarks>
/// It reads images in -1..1 as 8-bit levels: three channels of the label image, then three of the instance image, whose
/// colours have no meaning but for being different. No gradient flows through it.
/// </remarks>
public sealed record LabelPlanesLayer : Layer
{
    /// <summary>The most colours that it may have.</summary>
    public const int MaximumColors = 4096;

    /// <summary>The colours of the classes, 0xRRGGBB; each has a plane.</summary>
    public required ImmutableArray<int> Colors { get; init; }

    /// <summary>Colours that belong to no class: such pixels are 0 in all planes.</summary>
    public ImmutableArray<int> IgnoredColors { get; init; } = [];

    /// <summary>Whether there is an instance image, and a plane with its edges.</summary>
    public bool Edges { get; init; }

    /// <summary>Channels read: 3, or 6 with an instance image.</summary>
    [JsonIgnore]
    public int InputChannels => Edges ? 6 : 3;

    /// <summary>Planes written.</summary>
    [JsonIgnore]
    public int Planes => Colors.Length + (Edges ? 1 : 0);

    /// <inheritdoc/>
    public override TensorShape OutputShape(ReadOnlySpan<TensorShape> inputs) =>
        Single(inputs, InputChannels) with
        {
            Channels = Planes,
        };

    /// <summary>
    /// What picks the nearest colour: the smallest of <c>R * red + G * green + B * blue + offset</c> over all colours,
    /// ignored ones last. It is the squared distance less what is the same for all; for levels of 0..255 the numbers
    /// are whole and small enough for float32 to be exact.
    /// </summary>
    public (float Red, float Green, float Blue, float Offset)[] Distances() =>
        [
            .. Colors
                .Concat(IgnoredColors)
                .Select(color =>
                {
                    int r = color >> 16,
                        g = color >> 8 & 255,
                        b = color & 255;
                    return (-2f * r, -2f * g, -2f * b, (float)(r * r + g * g + b * b));
                }),
        ];
}
