using System.Globalization;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary>Prints how far the work on a folder is, every few seconds.</summary>
internal sealed class FolderProgress(TextWriter writer, TimeSpan interval) : IProgress<FolderTranslationProgress>
{
    private readonly Lock _lock = new();
    private TimeSpan _next;

    /// <inheritdoc/>
    public void Report(FolderTranslationProgress value)
    {
        lock (_lock)
        {
            if (value.Failure is { } failure)
                writer.WriteLine(failure);
            // The end has a line of its own.
            if (value.Elapsed < _next + interval || value.Translated + value.Skipped + value.Failed >= value.Total)
                return;
            _next = value.Elapsed;
            writer.WriteLine(Line(value));
        }
    }

    /// <summary>
    /// For example <c>120 of 1000 images translated, 3 were there already, 1 bad, 12.3 images/s, 1:12 left</c>.
    /// </summary>
    public static string Line(FolderTranslationProgress value)
    {
        string left =
            value.Remaining is { } remaining && value.Translated + value.Skipped + value.Failed < value.Total
                ? $", {(int)remaining.TotalMinutes}:{remaining.Seconds:00} left"
                : "";
        string skipped = value.Skipped > 0 ? $", {value.Skipped} were there already" : "",
            failed = value.Failed > 0 ? $", {value.Failed} bad" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{value.Translated} of {value.Total} images translated{skipped}{failed}, {value.ImagesPerSecond:0.0} "
                + $"images/s{left}"
        );
    }
}
