using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>Pairs of files from two folders.</summary>
internal sealed class TwoFolderPairs(IReadOnlyList<(string A, string B)> files, IReadOnlyList<LeftOutFiles> leftOut)
    : ImagePairs
{
    public override int Count => files.Count;

    internal override IReadOnlyList<LeftOutFiles> LeftOut => leftOut;

    public override string NameOf(int index) => files[index].A;

    public override IReadOnlyList<string> FilesOf(int index) => [files[index].A, files[index].B];

    public override (RgbImage A, RgbImage B) Load(int index) => (LoadA(index), LoadB(index));

    public override RgbImage LoadA(int index) => ImageDecoder.Decode(files[index].A);

    public override RgbImage LoadB(int index) => ImageDecoder.Decode(files[index].B);
}
