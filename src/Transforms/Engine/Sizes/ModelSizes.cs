using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>The sizes of images that a model reads, and how much larger its results are.</summary>
/// <param name="Height">The only height, or null where it is free.</param>
/// <param name="Width">The only width, or null where it is free.</param>
/// <param name="Multiple">What free sides have to be multiples of.</param>
/// <param name="Scale">How much larger or smaller the result is.</param>
internal sealed record ModelSizes(int? Height, int? Width, int Multiple, ImageScale Scale)
{
    /// <summary>From this side on, every model that reads more than one size is taken to read its multiples.</summary>
    public const int AlwaysEnough = 64;

    /// <summary>Whether a side is fixed.</summary>
    public bool HasFixedSide => Height is not null || Width is not null;

    /// <summary>
    /// The size to which an image is resized for a model with a fixed side: a free side keeps the image's proportions.
    /// </summary>
    public ImageSize Resized(ImageSize image) =>
        (Height, Width) switch
        {
            ({ } height, { } width) => new(width, height),
            ({ } height, null) => new(Proportional(image.Width, height, image.Height), height),
            (null, { } width) => new(width, Proportional(image.Height, width, image.Width)),
            _ => image,
        };

    /// <summary>What is added to an image for the model to read it, or to be cut into tiles.</summary>
    /// <param name="image">The image's size.</param>
    /// <param name="leastSide">The least free side that the model reads; asked for only where it matters.</param>
    public ImagePadding Padding(ImageSize image, Lazy<int> leastSide)
    {
        return new(image.Height, image.Width, Padded(image.Height, Height), Padded(image.Width, Width), Scale.Down);

        int Padded(int side, int? only)
        {
            if (only is { } fixedSide)
                return Math.Max(side, fixedSide);
            int padded = checked((side + Multiple - 1) / Multiple * Multiple);
            return padded >= AlwaysEnough ? padded : Math.Max(padded, leastSide.Value);
        }
    }

    private static int Proportional(int side, int other, int otherSide) =>
        Math.Max(1, (int)Math.Round((double)side * other / otherSide));
}
