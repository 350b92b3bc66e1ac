using System.CommandLine;

namespace MlNetImageTranslation.Cli;

/// <summary>An option that takes the words of an enumeration, if that is what its value is (see <see cref="Words"/>).</summary>
internal sealed class WordOption<T> : Option<T>
{
    /// <summary>An option of that name.</summary>
    public WordOption(string name, params string[] aliases)
        : base(name, aliases)
    {
        CustomParser = Words.ParserOf<T>();
        if (Words.Of<T>() is { } words)
            HelpName = string.Join("|", words);
    }
}
