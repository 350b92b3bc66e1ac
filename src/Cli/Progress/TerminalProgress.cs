using Spectre.Console;
using Spectre.Console.Rendering;

namespace MlNetImageTranslation.Cli;

/// <summary>
/// A bar with speed and time left at the bottom of a terminal, a line of details below it, and ordinary lines above.
/// Whatever is not a terminal gets none: there, lines are printed as they come.
/// </summary>
internal sealed class TerminalProgress
{
    private const int BarWidth = 24;

    private readonly IAnsiConsole _console;
    private readonly ProgressTask _task;
    private readonly Lock _lock = new();
    private string _speed = "";
    private string _details = "";
    private DateTime? _end;

    private TerminalProgress(IAnsiConsole console, ProgressTask task)
    {
        _console = console;
        _task = task;
    }

    /// <summary>Does some work with a bar where the writer is a terminal, and without one (null) where it is not.</summary>
    /// <param name="writer">Where the bar and lines go.</param>
    /// <param name="title">What is done, a few words.</param>
    /// <param name="work">The work.</param>
    /// <param name="clear">Whether the bar disappears at the end.</param>
    public static T Run<T>(TextWriter writer, string title, Func<TerminalProgress?, T> work, bool clear = false)
    {
        bool isTerminal =
            (writer == Console.Out && !Console.IsOutputRedirected)
            || (writer == Console.Error && !Console.IsErrorRedirected);
        if (!isTerminal)
        {
            return work(null);
        }

        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(writer) });
        return console.Profile.Capabilities is { Ansi: true, Interactive: true }
            ? Run(console, title, work, clear)
            : work(null);
    }

    /// <summary>Does some work with a bar.</summary>
    public static T Run<T>(IAnsiConsole console, string title, Func<TerminalProgress, T> work, bool clear = false)
    {
        TerminalProgress? view = null;
        var progress = console
            .Progress()
            .AutoClear(clear)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = BarWidth },
                new PercentageColumn(),
                new TextColumn(() => view?._speed ?? ""),
                new TextColumn(() => view?.Left() ?? "")
            );
        progress.RenderHook = (bar, _) =>
            view is { _details.Length: > 0 } shown ? new Rows(bar, new Text(shown._details, Color.Grey)) : bar;
        return progress.Start(context =>
        {
            var task = context.AddTask(Markup.Escape(title));
            task.IsIndeterminate = true;
            view = new(console, task);
            return work(view);
        });
    }

    /// <summary>Moves the bar.</summary>
    /// <param name="title">What is being done, a few words.</param>
    /// <param name="done">How much is done.</param>
    /// <param name="total">How much there is to do.</param>
    /// <param name="imagesPerSecond">The speed; 0 where it is not known.</param>
    /// <param name="left">The time left; null where it is not known.</param>
    /// <param name="details">A line below the bar, or nothing.</param>
    public void Show(string title, double done, double total, double imagesPerSecond, TimeSpan? left, string details)
    {
        lock (_lock)
        {
            _task.Description = Markup.Escape(title);
            _task.IsIndeterminate = false;
            _task.MaxValue = total;
            _task.Value = done;
            _speed = imagesPerSecond > 0 ? Durations.Invariant($"{imagesPerSecond:0.0} images/s") : "";
            _end = DateTime.UtcNow + left;
            _details = details;
        }
    }

    /// <summary>Writes a line above the bar.</summary>
    public void WriteLine(string line) => _console.WriteLine(line);

    // Between two reports the time goes on.
    private string Left() => _end is { } end && end > DateTime.UtcNow ? Durations.Left(end - DateTime.UtcNow) : "";

    private sealed class TextColumn(Func<string> text) : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(text());
    }
}
