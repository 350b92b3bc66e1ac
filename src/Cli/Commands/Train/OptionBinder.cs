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
    private readonly List<(Option First, Option Second, Func<ParseResult, bool> Applies)> _conflicts = [];

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
        var option = new WordOption<T>(name, aliases) { Description = description };
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

    /// <summary>Two options that say different things about one matter: giving both is an error.</summary>
    public OptionBinder<TOptions> Conflict(string first, string second)
    {
        _conflicts.Add((Named(first), Named(second), _ => true));
        return this;
    }

    /// <summary>Two options that some values of say different things about one matter.</summary>
    public OptionBinder<TOptions> Conflict<TFirst, TSecond>(
        string first,
        string second,
        Func<TFirst, TSecond, bool> differ
    )
    {
        var one = (Option<TFirst>)Named(first);
        var other = (Option<TSecond>)Named(second);
        _conflicts.Add((one, other, parsed => differ(parsed.GetValue(one)!, parsed.GetValue(other)!)));
        return this;
    }

    /// <summary>Throws where two options were given of which only one can be obeyed.</summary>
    /// <exception cref="UserError">The message names both.</exception>
    public void CheckConflicts(ParseResult parsed)
    {
        foreach (var (first, second, applies) in _conflicts)
        {
            if (IsGiven(parsed, first) && IsGiven(parsed, second) && applies(parsed))
            {
                throw new UserError($"{first.Name} and {second.Name} contradict each other; give one of them.");
            }
        }
    }

    /// <summary>Sets what was given on the command line.</summary>
    public void Apply(ParseResult parsed, TOptions options)
    {
        foreach (var (option, apply) in _bindings)
            if (IsGiven(parsed, option))
                apply(parsed, options);
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private Option Named(string name) => Options.Single(option => option.Name == name);

    private OptionBinder<TOptions> Bind(Option option, Action<ParseResult, TOptions> apply)
    {
        _bindings.Add((option, apply));
        return this;
    }
}
