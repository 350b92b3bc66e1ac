using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>Some of the images of another source.</summary>
internal sealed class SubsetImageSet(ImageSet whole, IReadOnlyList<int> indices) : ImageSet
{
    public override int Count => indices.Count;

    public override string? StoreFile => whole.StoreFile;

    internal override IReadOnlyList<LeftOutFiles> LeftOut => whole.LeftOut;

    public override string NameOf(int index) => whole.NameOf(indices[index]);

    public override RgbImage Load(int index) => whole.Load(indices[index]);
}
