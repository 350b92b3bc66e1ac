using System.CommandLine;
using System.Globalization;

namespace MlNetImageTranslation.Cli;

/// <summary>
/// Numbers on the command line are read as C# writes them: System.CommandLine's own reading takes a comma for a
/// thousands separator and 1,5 for 15. What is no number is an error that names the option.
/// </summary>
internal static class Numbers
{
    /// <summary>Gives all options of numbers of a command, and of those below it, this reading.</summary>
    public static void ReadStrictly(Command command)
    {
        foreach (var option in command.Options)
            ReadStrictly(option);
        foreach (var below in command.Subcommands)
            ReadStrictly(below);
    }

    private static void ReadStrictly(Option option)
    {
        switch (option)
        {
            case Option<int> one:
                one.CustomParser = argument => Tokens.Parse<int>(argument, Whole32, "a whole number");
                break;
            case Option<int?> one:
                one.CustomParser = argument => Tokens.Parse<int?>(argument, Whole32, "a whole number");
                break;
            case Option<long> one:
                one.CustomParser = argument => Tokens.Parse<long>(argument, Whole64, "a whole number");
                break;
            case Option<long?> one:
                one.CustomParser = argument => Tokens.Parse<long?>(argument, Whole64, "a whole number");
                break;
            case Option<double> one:
                one.CustomParser = argument => Tokens.Parse<double>(argument, Real, "a number");
                break;
            case Option<double?> one:
                one.CustomParser = argument => Tokens.Parse<double?>(argument, Real, "a number");
                break;
        }
    }

    private static object? Whole32(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static object? Whole64(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;

    private static object? Real(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
}
