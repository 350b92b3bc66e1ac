using System.Globalization;
using System.Text.RegularExpressions;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Evaluation;

/// <summary>
/// The folder of images beside a report. They are written into a folder of another name, which takes the place of the
/// last report's when all of them are there.
/// </summary>
internal sealed partial class ReportImages : IDisposable
{
    private readonly string _folder;
    private readonly string _draft;
    private bool _any;

    public ReportImages(string page)
    {
        _folder = Path.ChangeExtension(Path.GetFullPath(page), null) + "_files";
        _draft = _folder + ".new";
        if (File.Exists(_folder))
            throw new IOException($"'{_folder}' is a file; the report needs that name for the folder of its images.");
        Check(_folder);
        Delete(_draft);
    }

    /// <summary>Writes an image. Safe from several threads at once.</summary>
    /// <param name="scene">The number of the scene, from 1.</param>
    /// <param name="part">The number of the image among those of the scene, from 0.</param>
    /// <param name="image">The image.</param>
    /// <returns>The path of the image relative to the page.</returns>
    public string Write(int scene, int part, RgbImage image)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{scene:000000}-{part}.png");
        NewFolder.Make(_draft);
        _any = true;
        ImageEncoder.Save(image, Path.Combine(_draft, name));
        return $"{Path.GetFileName(_folder)}/{name}";
    }

    /// <summary>Puts the images in their place.</summary>
    public void Publish()
    {
        Delete(_folder);
        if (_any)
            Directory.Move(_draft, _folder);
        _any = false;
    }

    /// <summary>Deletes images that were not published.</summary>
    public void Dispose()
    {
        if (_any)
            Delete(_draft);
        _any = false;
    }

    private static void Delete(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        Check(folder);
        Directory.Delete(folder, recursive: true);
    }

    // A folder of that name may be somebody else's.
    private static void Check(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var entry in Directory.EnumerateFileSystemEntries(folder))
            if (!Own().IsMatch(Path.GetFileName(entry)))
                throw new IOException(
                    $"Folder '{folder}' holds '{Path.GetFileName(entry)}', which is no image of a report; choose "
                        + $"another name for the report."
                );
    }

    // Images under their names, and those that a killed process had not finished.
    [GeneratedRegex(@"^(\d{6,}-\d+\.png|\.imt-.*\.png)$")]
    private static partial Regex Own();
}
