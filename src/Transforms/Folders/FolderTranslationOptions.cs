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

    /// <summary>
    /// A folder of instance images, for models that read one beside each label image
    /// (<see cref="TranslationEngine.ReadsInstances"/>); null for others. Each has the path of its label image below
    /// the folder, with any extension of an image. Ids may have 16 bits.
    /// </summary>
    public string? InstanceFolder { get; init; }

    /// <summary>Whether folders below the folder are gone through; their tree is kept in the output.</summary>
    public bool Recursive { get; init; } = true;

    /// <summary>The format written, by its extension: <c>.png</c>, <c>.jpg</c>, <c>.webp</c> or
    /// <c>.tif</c>.</summary>
    public string OutputExtension { get; init; } = ".png";

    /// <summary>
    /// Bits of a sample that are read, translated and written: 8, or 16 for PNG and TIFF, where
    /// <see cref="ImageDecoderOptions.ValueRange"/> is also the range that is written. For 16, see
    /// <see cref="TranslationEngine.Translate(RgbImage16)"/>.
    /// </summary>
    public int BitDepth { get; init; } = 8;

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

    /// <summary>
    /// Whether an image that cannot be read or translated ends the work with an error that names it; otherwise it costs
    /// a line in the report and the work goes on.
    /// </summary>
    public bool FailOnBadImage { get; init; }

    /// <summary>
    /// A file that gets one line of JSON for every image; null writes none. With <see cref="Resume"/>, lines are
    /// appended.
    /// </summary>
    public string? ReportFile { get; init; }

    /// <summary>
    /// This machine's share of the folder: which one, from 0 to <c>Count</c> - 1, of how many. The whole folder is (0,
    /// 1). Which share a file belongs to follows from its name alone, so that machines need not talk to each other.
    /// </summary>
    public (int Index, int Count) Shard { get; init; } = (0, 1);

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
            throw new ArgumentOutOfRangeException(
                nameof(Shard),
                $"{Shard.Index}/{Shard.Count}",
                "Expected i/n with i from 0 to n - 1."
            );
        var format = ImageEncoder.FormatOf("output" + OutputExtension);
        if (BitDepth is not (8 or 16))
            throw new ArgumentOutOfRangeException(nameof(BitDepth), BitDepth, "Expected 8 or 16 bits.");
        if (BitDepth == 16 && format is not (ImageFileFormat.Png or ImageFileFormat.Tiff))
            throw new ArgumentOutOfRangeException(
                nameof(OutputExtension),
                OutputExtension,
                $"{format} images have 8 bits a sample; expected .png or .tif for a {nameof(BitDepth)} of 16."
            );
        if (BitDepth == 16 && Decoder.KeepAlpha)
            throw NoAlpha();
    }

    /// <summary>The error where alpha was to be kept in images of 16 bits.</summary>
    internal static ArgumentException NoAlpha() =>
        new(
            $"Alpha is kept in images of 8 bits a sample only; expected a {nameof(BitDepth)} of 8, or no "
                + $"{nameof(TranslationEngineOptions.KeepAlpha)}.",
            nameof(BitDepth)
        );

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
