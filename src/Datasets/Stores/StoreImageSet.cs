using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>
/// Single images in a store. Its handle is released with it.
/// </summary>
internal sealed class StoreImageSet(ImageStore store) : ImageSet
{
    public override int Count => store.Count;

    public override string? StoreFile => store.Path;

    public override string NameOf(int index) => store.NameOf(index);

    public override RgbImage Load(int index) => store.Read(index);
}
