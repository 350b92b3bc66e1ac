using System.IO.Compression;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

/// <summary>How a <see cref="FolderTranslator"/> goes through a folder.</summary>
public sealed record FolderTranslationOptions
{
    /// <summary>
    /// Which files below the folder: <c>*</c> and <c>?</c> within a name, <c>**</c> across folders. Empty means every
    /// image file.
    /// </summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Which files not, in the same words.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Whether folders below the folder are gone through; their tree is kept in the output.</summary>
    public bool Recursive { get; init; } = true;

    /// <summary>The format written, by its extension: <c>.png</c>, <c>.jpg</c>, <c>.webp</c> or
    /// <c>.tif</c>.</summary>
    public string OutputExtension { get; init; } = ".png";

    /// <summary>How hard PNG is compressed.</summary>
    public CompressionLevel Compression { get; init; } = CompressionLevel.Fastest;

    /// <summary>
    /// Images under way at a time (each is decoded, translated and encoded by one worker); null fits the cores and the
    /// engine.
    /// </summary>
    public int? Workers { get; init; }

    /// <summary>
    /// Whether images whose output is there already are left alone. Outputs appear under their names only when they are
    /// complete.
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>What a bad image does.</summary>
    public BadImagePolicy OnBadImage { get; init; } = BadImagePolicy.Skip;

    /// <summary>
    /// A file that gets one line of JSON for every image; null writes none. With <see cref="Resume"/>, lines are
    /// appended.
    /// </summary>
    public string? ReportFile { get; init; }

    /// <summary>This machine's share.</summary>
    public Shard Shard { get; init; } = Shard.Whole;

    /// <summary>What is decoded.</summary>
    public ImageDecoderOptions Decoder { get; init; } = ImageDecoderOptions.Default;

    /// <summary>
    /// The most pixels of images under way at a time (a larger single image goes alone): bounds memory whatever the
    /// images' sizes.
    /// </summary>
    public long MaxPixelsInFlight { get; init; } = 64_000_000;

    internal void Check()
    {
        if (Workers is < 1)
            throw new ArgumentOutOfRangeException(nameof(Workers), Workers, "Expected at least 1.");
        if (MaxPixelsInFlight < 1)
            throw new ArgumentOutOfRangeException(
                nameof(MaxPixelsInFlight),
                MaxPixelsInFlight,
                "Expected at least 1 pixel."
            );
        if (Shard.Count < 1 || Shard.Index < 0 || Shard.Index >= Shard.Count)
            throw new ArgumentOutOfRangeException(nameof(Shard), Shard, "Expected i/n with i from 0 to n - 1.");
        ImageEncoder.FormatOf("output" + OutputExtension);
    }

    /// <summary>Refuses a format that cannot keep alpha.</summary>
    internal void CheckAlpha()
    {
        if (ImageEncoder.FormatOf("output" + OutputExtension) == ImageFileFormat.Jpeg)
            throw new ArgumentOutOfRangeException(
                nameof(OutputExtension),
                OutputExtension,
                $"JPEG cannot keep alpha ({nameof(TranslationEngineOptions.KeepAlpha)}); expected .png, .webp or .tif."
            );
    }
}

/// <summary>What an image that cannot be read or translated does to the work on its folder.</summary>
public enum BadImagePolicy
{
    /// <summary>It costs a line in the report; the work goes on.</summary>
    Skip,

    /// <summary>The work stops with an error that names it.</summary>
    Fail,
}
