using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>Pairs in files that hold A on the left and B on the right.</summary>
internal sealed class SideBySidePairs(ImageListing listing) : ImagePairs
{
    public override int Count => listing.Files.Count;

    public override bool IsSideBySide => true;

    internal override IReadOnlyList<LeftOutFiles> LeftOut => listing.LeftOut;

    public override string NameOf(int index) => listing.Files[index];

    public override (RgbImage A, RgbImage B) Load(int index) =>
        ImageDecoder.Decode(listing.Files[index]).SplitPair(listing.Files[index]);
}
