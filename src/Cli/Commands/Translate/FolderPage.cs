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

    /// <inheritdoc/>
    public void Report(FolderTranslationProgress value)
    {
        if (value is { Image: { } image, Output: { } translation })
        {
            _report.AddFiles(
                image,
                [("Source", Path.Combine(input, image)), ("Translated", Path.Combine(output, translation))],
                decoder: decoder
            );
        }
    }

    /// <summary>Writes the page.</summary>
    public void Save() => _report.Save();

    public void Dispose() => _report.Dispose();
}
