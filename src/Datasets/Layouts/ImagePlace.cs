namespace MlNetImageTranslation.Datasets;

/// <summary>Where images of one role are: a folder that was listed, or a store of decoded images.</summary>
internal sealed record ImagePlace(string Path, ImageListing? Listing)
{
    /// <summary>The images as single ones.</summary>
    public ImageSet ToSet() => Listing is null ? ImageSet.FromStore(Path) : new FolderImageSet(Listing);

    /// <summary>The images as pairs, A at left and B at right.</summary>
    public ImagePairs ToPairs() => Listing is null ? ImagePairs.FromStore(Path) : new SideBySidePairs(Listing);
}
