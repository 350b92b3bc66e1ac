namespace MlNetImageTranslation.Trainer;

/// <summary>Side-by-side pairs in a memory-mapped file that <c>imt data cache</c> wrote. Its handles are released with it.</summary>
internal sealed class StorePairs(PictureStore store) : PicturePairs
{
    public override int Count => store.Count;

    public override string NameOf(int index) => store.NameOf(index);

    public override (RgbImage A, RgbImage B) Load(int index) => PairSplitter.Split(store.Read(index), store.NameOf(index));
}
