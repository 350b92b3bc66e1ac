using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>
/// Side-by-side pairs in a store. Its handle is released with it.
/// </summary>
internal sealed class StorePairs(ImageStore store) : ImagePairs
{
    public override int Count => store.Count;

    public override string? StoreFile => store.Path;

    public override string NameOf(int index) => store.NameOf(index);

    public override (RgbImage A, RgbImage B) Load(int index) => store.Read(index).SplitPair(store.NameOf(index));
}
