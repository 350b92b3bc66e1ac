using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Datasets;

/// <summary>Single images in the files of a folder.</summary>
internal sealed class FolderImageSet(ImageListing listing) : ImageSet
{
    public override int Count => listing.Files.Count;

    internal override IReadOnlyList<LeftOutFiles> LeftOut => listing.LeftOut;

    public override string NameOf(int index) => listing.Files[index];

    public override RgbImage Load(int index) => ImageDecoder.Decode(listing.Files[index]);
}
