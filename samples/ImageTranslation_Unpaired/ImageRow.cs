using MlNetImageTranslation.Imaging;

namespace ImageTranslation_Unpaired;

/// <summary>One row of a data view: an image's file.</summary>
internal sealed class ImageRow
{
    public string Path { get; set; } = "";

    /// <summary>A row for every image of a folder.</summary>
    public static IReadOnlyList<ImageRow> FromFolder(string folder) =>
        [.. ImageDecoder.ListFiles(folder).Select(file => new ImageRow { Path = System.IO.Path.GetFullPath(file) })];
}
