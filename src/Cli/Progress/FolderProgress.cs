using MlNetImageTranslation.Transforms;
using static MlNetImageTranslation.Cli.Durations;

namespace MlNetImageTranslation.Cli;

/// <summary>Shows how far the work on a folder is: a bar on a terminal, elsewhere a line every few seconds.</summary>
internal sealed class FolderProgress(
    TextWriter writer,
    TimeSpan interval,
    TerminalProgress? terminal = null,
    IProgress<FolderTranslationProgress>? other = null,
    Func<string, string>? reword = null
) : IProgress<FolderTranslationProgress>
{
    private readonly Lock _lock = new();
    private TimeSpan _next;

    /// <inheritdoc/>
    public void Report(FolderTranslationProgress value)
    {
        other?.Report(value);
        lock (_lock)
        {
            if (terminal is not null)
            {
                ShowBar(terminal, value);
                return;
            }

            if (value.Failure is { } failure)
            {
                writer.WriteLine(reword?.Invoke(failure) ?? failure);
            }

            // The end has a line of its own.
            if (value.Elapsed < _next + interval || Done(value) >= value.Total)
            {
                return;
            }

            _next = value.Elapsed;
            writer.WriteLine(Line(value));
        }
    }

    /// <summary>
    /// For example <c>120 of 1000 images translated, 3 were there already, 1 bad, 12.3 images/s, 1 min 12 s left</c>.
    /// </summary>
    public static string Line(FolderTranslationProgress value)
    {
        string left = value.Remaining is { } remaining && Done(value) < value.Total ? ", " + Left(remaining) : "";
        return Invariant(
            $"{value.Translated} of {value.Total} images translated{Others(value)}, {value.ImagesPerSecond:0.0} images/s{left}"
        );
    }

    private void ShowBar(TerminalProgress terminal, FolderTranslationProgress value)
    {
        if (value.Failure is { } failure)
        {
            terminal.WriteLine(reword?.Invoke(failure) ?? failure);
        }

        string others = Others(value);
        terminal.Show(
            Invariant($"{Done(value)}/{value.Total} images"),
            Done(value),
            value.Total,
            value.ImagesPerSecond,
            value.Remaining,
            others.Length > 0 ? Invariant($"{value.Translated} translated{others}") : ""
        );
    }

    private static int Done(FolderTranslationProgress value) => value.Translated + value.Skipped + value.Failed;

    private static string Others(FolderTranslationProgress value) =>
        (value.Skipped > 0 ? Invariant($", {value.Skipped} were there already") : "")
        + (value.Failed > 0 ? Invariant($", {value.Failed} bad") : "");
}
