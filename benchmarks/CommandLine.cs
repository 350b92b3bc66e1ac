using System.Globalization;

namespace MlNetImageTranslation.Benchmarks;

/// <summary>A command line of names, of options that each have a value, and of flags that have none.</summary>
/// <remarks>This file is compiled into the benchmarks that read such a command line.</remarks>
internal sealed class CommandLine
{
    private readonly Dictionary<string, string> _options = [];
    private readonly List<string> _names = [];
    private readonly HashSet<string> _flags = [];

    /// <param name="arguments">What was given.</param>
    /// <param name="known">The options that there are.</param>
    /// <param name="flags">The flags that there are.</param>
    /// <exception cref="FormatException">An option is unknown, or has no value.</exception>
    public CommandLine(string[] arguments, string[] known, params string[] flags)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            if (!arguments[i].StartsWith('-'))
            {
                _names.Add(arguments[i]);
                continue;
            }
            if (flags.Contains(arguments[i]))
            {
                _flags.Add(arguments[i]);
                continue;
            }
            if (!known.Contains(arguments[i]))
                throw new FormatException($"There is no option {arguments[i]}.");
            if (i + 1 == arguments.Length)
                throw new FormatException($"{arguments[i]} needs a value.");
            _options[arguments[i]] = arguments[i + 1];
            i++;
        }
    }

    /// <summary>Whether help is asked for, whatever else is given.</summary>
    public static bool AsksForHelp(string[] arguments) => arguments.Any(argument => argument is "-h" or "--help");

    /// <summary>What is no option.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Whether a flag was given.</summary>
    public bool Has(string flag) => _flags.Contains(flag);

    /// <summary>The value of an option; null where it was not given.</summary>
    public string? Text(string option) => _options.GetValueOrDefault(option);

    /// <summary>The value of an option.</summary>
    public string Text(string option, string otherwise) => _options.GetValueOrDefault(option, otherwise);

    /// <summary>The number that is the value of an option.</summary>
    /// <exception cref="FormatException">It is no whole number, or smaller.</exception>
    public int Number(string option, int otherwise, int least = 1)
    {
        if (!_options.TryGetValue(option, out var text))
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : throw new FormatException($"{option}: expected a whole number of {least} or more, but got '{text}'.");
    }
}
