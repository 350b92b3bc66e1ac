using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Cli;

/// <summary>
/// Translates with the networks of a CoGAN run, which has no model: a search for the noise of every image, at the run's
/// own size.
/// </summary>
internal static class CoGanTranslation
{
    // Images that are searched for together.
    private const int Together = 16;

    /// <summary>
    /// Translates an image or a folder. Images of other sizes are resized to the run's.
    /// </summary>
    /// <exception cref="UserError">The folder holds no images.</exception>
    public static int Run(
        string run,
        TranslationDirection direction,
        string from,
        string to,
        string extension,
        ImageDecoderOptions decoder,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var files = Files(from, to, extension);
        var size = TrainingOptions.FromRun<CoGanTrainer.Options>(run).CropSize;
        using var translator = CoGanTranslator.Load(run);
        foreach (var part in files.Chunk(Together))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var images = part.Select(file => AtSize(ImageDecoder.Decode(file.From, decoder), size)).ToList();
            foreach (var (file, translated) in part.Zip(translator.Translate(images, direction)))
            {
                NewFolder.Make(Path.GetDirectoryName(Path.GetFullPath(file.To))!);
                ImageEncoder.Save(translated, file.To);
            }
        }
        output.WriteLine($"{Counted.Of(files.Count, "image")} translated at {size}, by a search for noise");
        return ExitCodes.Success;
    }

    private static RgbImage AtSize(RgbImage image, ImageSize size) =>
        image.Width == size.Width && image.Height == size.Height ? image : image.Resize(size.Width, size.Height);

    private static List<(string From, string To)> Files(string from, string to, string extension)
    {
        if (!Directory.Exists(from))
        {
            bool isFolder = Directory.Exists(to) || to.EndsWith('/');
            string file = isFolder ? Path.Combine(to, Path.GetFileNameWithoutExtension(from) + extension) : to;
            // A format that cannot be written is known before the search, not after.
            _ = ImageEncoder.FormatOf(file);
            return Path.GetFullPath(from) == Path.GetFullPath(file)
                ? throw new UserError(
                    $"Input and output are the same file, '{from}'; the translation would replace it."
                )
                : [(from, file)];
        }
        if (Path.GetFullPath(from) == Path.GetFullPath(to))
            throw new UserError($"Input and output are the same folder, '{from}'; translations would replace images.");
        var named = NamedImages.In(from);
        return named.Count == 0
            ? throw new UserError($"Folder '{from}' holds no images.")
            : [.. named.Select(file => (file.Value, Path.Combine(to, file.Key + extension)))];
    }
}
