using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>Single images as pairs of their luma and themselves.</summary>
internal sealed class ColorizationPairs(ImageSet images) : ImagePairs
{
    public override int Count => images.Count;

    public override string? StoreFile => images.StoreFile;

    internal override IReadOnlyList<LeftOutFiles> LeftOut => images.LeftOut;

    public override string NameOf(int index) => images.NameOf(index);

    public override (RgbImage A, RgbImage B) Load(int index)
    {
        var image = images.Load(index);
        return (image.ToGray(), image);
    }

    public override RgbImage LoadB(int index) => images.Load(index);
}
