using System.CommandLine;

namespace MlNetImageTranslation.Cli;

/// <summary>What help shows for the value of an option by default: N for whole numbers, X for others.</summary>
internal static class HelpNames
{
    /// <summary>Sets the names of all options of a command and of those below it.</summary>
    public static void Set(Command command)
    {
        foreach (var option in command.Options)
        {
            option.HelpName ??=
                option is Option<int> or Option<int?> or Option<long> or Option<long?> ? "N"
                : option is Option<double> or Option<double?> ? "X"
                : null;
        }

        foreach (var below in command.Subcommands)
        {
            Set(below);
        }
    }
}
