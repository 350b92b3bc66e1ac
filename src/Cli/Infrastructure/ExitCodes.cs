namespace MlNetImageTranslation.Cli;

/// <summary>What the process returns, the same for every command.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>
    /// The command ran and the answer is no (a failed check), or something broke that is not the caller's fault.
    /// </summary>
    public const int Failure = 1;

    /// <summary>The caller's mistake: an unknown option, a bad value, a file that is missing or unreadable.</summary>
    public const int UserError = 2;

    /// <summary>The shells' number for a process ended by that signal: 130 for Ctrl-C, 143 for SIGTERM.</summary>
    public static int Signal(int number) => 128 + number;
}
