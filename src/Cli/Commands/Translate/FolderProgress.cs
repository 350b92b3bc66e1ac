using System.Globalization;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli.Commands.Translate;

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
            if (value.Elapsed < _next + interval) return;
            _next = value.Elapsed;
            writer.WriteLine(Line(value));
        }
    }

    /// <summary>For example <c>120 of 1000 pictures, 3 skipped, 1 failed, 12.3 pictures/s, 1:12 left</c>.</summary>
    public static string Line(FolderTranslationProgress value)
    {
        string left = value.Remaining is { } remaining && value.Translated + value.Skipped + value.Failed < value.Total ? $", {(int)remaining.TotalMinutes}:{remaining.Seconds:00} left" : "";
        string skipped = value.Skipped > 0 ? $", {value.Skipped} skipped" : "", failed = value.Failed > 0 ? $", {value.Failed} failed" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{value.Translated} of {value.Total} pictures translated{skipped}{failed}, {value.PicturesPerSecond:0.0} pictures/s{left}");
    }
}
