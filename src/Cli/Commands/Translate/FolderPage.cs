using MlNetImageTranslation.Evaluation;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary>The page of <c>imt translate --report-html</c>: every image of a folder beside its translation.</summary>
internal sealed class FolderPage(string file, string title, string input, string output, ImageDecoderOptions decoder)
    : IProgress<FolderTranslationProgress>,
        IDisposable
{
    private readonly TranslationReport _report = new(file, title);
    private readonly SortedDictionary<string, string> _translations = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Report(FolderTranslationProgress value)
    {
        if (value is not { Image: { } image, Output: { } translation })
            return;
        lock (_translations)
            _translations[image] = translation;
    }

    /// <summary>Writes the page, in the order of the images' names and not in that in which they were done.</summary>
    public void Save()
    {
        foreach (var (image, translation) in _translations)
            _report.AddFiles(
                image,
                [("Source", Path.Combine(input, image)), ("Translated", Path.Combine(output, translation))],
                decoder: decoder
            );
        _report.Save();
    }

    public void Dispose() => _report.Dispose();
}
