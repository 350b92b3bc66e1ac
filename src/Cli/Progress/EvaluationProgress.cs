using System.Diagnostics;
using static MlNetImageTranslation.Cli.Durations;

namespace MlNetImageTranslation.Cli;

/// <summary>Shows how many images are scored, on a terminal.</summary>
internal sealed class EvaluationProgress
{
    private readonly TerminalProgress? _bar;
    private readonly int _total;
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private int _done;

    /// <summary>Counts images.</summary>
    /// <param name="bar">Shows them; null where there is no terminal.</param>
    /// <param name="total">How many images there are.</param>
    public EvaluationProgress(TerminalProgress? bar, int total)
    {
        _bar = bar;
        _total = total;
    }

    /// <summary>Scores images, with a bar that disappears at the end where the writer is a terminal.</summary>
    /// <param name="writer">Where the scores are printed.</param>
    /// <param name="total">How many images there are.</param>
    /// <param name="score">Scores them, and calls <see cref="Next"/> after each.</param>
    public static T Run<T>(TextWriter writer, int total, Func<EvaluationProgress, T> score) =>
        TerminalProgress.Run(writer, "Evaluating", bar => score(new(bar, total)), clear: true);

    /// <summary>One more image is done.</summary>
    public void Next()
    {
        _done++;
        double seconds = Math.Max(_time.Elapsed.TotalSeconds, 1e-9);
        _bar?.Show(
            Invariant($"{_done}/{_total} images"),
            _done,
            _total,
            _done / seconds,
            TimeSpan.FromSeconds(seconds / _done * (_total - _done)),
            ""
        );
    }
}
