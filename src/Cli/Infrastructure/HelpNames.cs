using System.CommandLine;

namespace MlNetImageTranslation.Cli;

/// <summary>
/// What help shows for the value of an option by default: N for whole numbers, X for others, FILE and FOLDER.
/// </summary>
internal static class HelpNames
{
    private static readonly string[] s_folders = ["--data", "--data-a", "--data-b", "--output", "--instances"];
    private static readonly string[] s_files =
    [
        "--generator-file",
        "--discriminator-file",
        "--initial-generator",
        "--initial-discriminator",
        "--initial-reverse-generator",
        "--initial-reverse-discriminator",
        "--label-palette",
        "--report",
        "--report-html",
        "--vgg",
    ];

    /// <summary>Sets the names of all options of a command and of those below it.</summary>
    public static void Set(Command command)
    {
        foreach (var option in command.Options)
        {
            option.HelpName ??=
                option is Option<int> or Option<int?> or Option<long> or Option<long?> ? "N"
                : option is Option<double> or Option<double?> ? "X"
                : option is WordOption<bool> ? "true|false"
                : option is not Option<string> ? null
                : s_files.Contains(option.Name) ? "FILE"
                : s_folders.Contains(option.Name) && command.Parents.Any(parent => parent.Name == "train") ? "FOLDER"
                : option.Name is "--generator" or "--discriminator" && command.Name != "export" ? "NAME"
                : null;
        }

        foreach (var below in command.Subcommands)
        {
            Set(below);
        }
    }
}
