using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Cli;

/// <summary>
/// Turns the first Ctrl-C or SIGTERM into a cancellation, so that a command can finish its step and save;
/// a second one ends the process at once, as the system would.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, 2));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Handle(context, 15));
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The exit code of the signal that came (130, 143), or null.</summary>
    public int? ExitCode { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context, int number)
    {
        if (ExitCode is not null)
        {
            ShowCursor();
            return;
        }

        ExitCode = ExitCodes.Signal(number);
        context.Cancel = true;
        _source.Cancel();
    }

    // A progress bar hides it, and the process ends without a chance to give it back.
    private static void ShowCursor()
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write("\e[?25h");
        }
    }
}
