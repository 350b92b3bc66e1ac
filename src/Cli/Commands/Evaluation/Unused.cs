using System.CommandLine;

namespace MlNetImageTranslation.Cli;

/// <summary>Options that would be ignored.</summary>
internal static class Unused
{
    /// <summary>Refuses options that were given although they have no effect.</summary>
    /// <exception cref="UserError">One of them was given; the message says why it has no effect.</exception>
    public static void Refuse(ParseResult parsed, string why, params IEnumerable<Option> options)
    {
        foreach (var option in options)
            if (parsed.GetResult(option) is { Implicit: false })
                throw new UserError($"{option.Name} has no effect here: {why}.");
    }
}
