using System.CommandLine;
using System.CommandLine.Parsing;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli;

/// <summary>
/// Command line options that set the fields of a trainer's options where they are given, and leave them alone where
/// not.
/// </summary>
internal sealed class OptionBinder<TOptions>
{
    private readonly List<(Option Option, Action<ParseResult, TOptions> Apply)> _bindings = [];

    /// <summary>The options, in the order in which help lists them.</summary>
    public IEnumerable<Option> Options => _bindings.Select(binding => binding.Option);

    /// <summary>An option with a value.</summary>
    public OptionBinder<TOptions> Value<T>(
        string name,
        string description,
        Action<TOptions, T> set,
        params string[] aliases
    )
    {
        var option = new Option<T>(name, aliases) { Description = description, CustomParser = Words.ParserOf<T>() };
        if (Words.Of<T>() is { } words)
            option.HelpName = string.Join("|", words);
        return Bind(option, (parsed, options) => set(options, parsed.GetValue(option)!));
    }

    /// <summary>An option without a value.</summary>
    public OptionBinder<TOptions> Switch(string name, string description, Action<TOptions> set, params string[] aliases)
    {
        var option = new Option<bool>(name, aliases) { Description = description };
        return Bind(
            option,
            (parsed, options) =>
            {
                if (parsed.GetValue(option))
                    set(options);
            }
        );
    }

    /// <summary>Sets what was given on the command line.</summary>
    public void Apply(ParseResult parsed, TOptions options)
    {
        foreach (var (option, apply) in _bindings)
            if (parsed.GetResult(option) is { Implicit: false })
                apply(parsed, options);
    }

    private OptionBinder<TOptions> Bind(Option option, Action<ParseResult, TOptions> apply)
    {
        _bindings.Add((option, apply));
        return this;
    }
}
