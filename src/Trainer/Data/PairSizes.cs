using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>The sizes of pairs, from the headers of their files where there are any.</summary>
internal static class PairSizes
{
    /// <summary>What the images of a pair are called, and their sizes.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="FormatException">A file is no image.</exception>
    public static ((string Name, ImageSize Size) A, (string Name, ImageSize Size) B) Of(ImagePairs pairs, int index)
    {
        var files = pairs.FilesOf(index);
        if (pairs.StoreFile is not null || !files.All(File.Exists))
        {
            var pair = pairs.Load(index);
            string name = pairs.NameOf(index);
            return ((name, Of(pair.A)), (name, Of(pair.B)));
        }
        var a = (Name: files[0], Size: OfFile(files[0]));
        if (pairs.IsSideBySide)
        {
            var half = (a.Name, new ImageSize(a.Size.Width / 2, a.Size.Height));
            return (half, half);
        }
        return (a, files.Count == 1 ? a : (files[^1], OfFile(files[^1])));
    }

    /// <summary>The size of an image in memory.</summary>
    public static ImageSize Of(RgbImage image) => new(image.Width, image.Height);

    /// <summary>The size of an image file.</summary>
    /// <inheritdoc cref="Of(ImagePairs, int)" path="/exception"/>
    public static ImageSize OfFile(string path)
    {
        var header = ImageHeader.Read(path);
        return new(header.Width, header.Height);
    }
}
