using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>Some of the pairs of another source.</summary>
internal sealed class SubsetPairs(ImagePairs whole, IReadOnlyList<int> indices) : ImagePairs
{
    public override int Count => indices.Count;

    public override string? StoreFile => whole.StoreFile;

    public override bool IsSideBySide => whole.IsSideBySide;

    internal override IReadOnlyList<LeftOutFiles> LeftOut => whole.LeftOut;

    public override string NameOf(int index) => whole.NameOf(indices[index]);

    public override IReadOnlyList<string> FilesOf(int index) => whole.FilesOf(indices[index]);

    public override (RgbImage A, RgbImage B) Load(int index) => whole.Load(indices[index]);

    public override RgbImage LoadA(int index) => whole.LoadA(indices[index]);

    public override RgbImage LoadB(int index) => whole.LoadB(indices[index]);
}
