using System.CommandLine;

namespace MlNetImageTranslation.Cli;

/// <summary>A command whose <c>--help</c> ends with what one should know and examples.</summary>
/// <param name="name">The word typed on the command line.</param>
/// <param name="description">One short sentence: the list of commands shows it.</param>
/// <param name="examples">Whole command lines that work as they stand.</param>
internal sealed class ImtCommand(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Paragraphs between the options and the examples.</summary>
    public string? Notes { get; init; }

    /// <summary>Printed at the end.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Appends options in the order in which help lists them, and returns the command.</summary>
    public ImtCommand With(params ReadOnlySpan<Option> options)
    {
        foreach (var option in options)
            Add(option);
        return this;
    }

    /// <summary>Appends positional arguments, and returns the command.</summary>
    public ImtCommand With(params ReadOnlySpan<Argument> arguments)
    {
        foreach (var argument in arguments)
            Add(argument);
        return this;
    }

    /// <summary>Appends subcommands, and returns the command.</summary>
    public ImtCommand With(params ReadOnlySpan<Command> commands)
    {
        foreach (var command in commands)
            Add(command);
        return this;
    }
}
