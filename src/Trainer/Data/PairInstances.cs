namespace MlNetImageTranslation.Trainer;

/// <summary>The instance images of pairs: files found by the names of the label images, or images in memory.</summary>
internal sealed class PairInstances
{
    private readonly Func<int, string>? _fileOf;
    private readonly IReadOnlyList<RgbImage> _images = [];

    /// <param name="fileOf">The file of the instance image of a pair.</param>
    public PairInstances(Func<int, string> fileOf) => _fileOf = fileOf;

    /// <param name="images">An image for every pair.</param>
    public PairInstances(IReadOnlyList<RgbImage> images) => _images = images;

    /// <summary>The files of a pair's instance image: one, or none where it is in memory.</summary>
    /// <exception cref="InvalidDataException">There is no such file.</exception>
    public IReadOnlyList<string> FilesOf(int index) => _fileOf is null ? [] : [_fileOf(index)];

    /// <summary>The instance image of a pair.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">It is no image that can be decoded.</exception>
    public RgbImage Load(int index) => _fileOf is null ? _images[index] : ImageDecoder.DecodeInstances(_fileOf(index));

    /// <summary>The instance images of some of the pairs, where they are in memory.</summary>
    public static IReadOnlyList<RgbImage>? Subset(IReadOnlyList<RgbImage>? images, IReadOnlyList<int> indices) =>
        images is null ? null : [.. indices.Select(index => images[index])];
}
