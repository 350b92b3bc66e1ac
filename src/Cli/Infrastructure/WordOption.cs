using System.CommandLine;

namespace MlNetImageTranslation.Cli;

/// <summary>
/// An option that takes the <see cref="Words"/> of an enumeration, or a size such as 512x256, if its value is one.
/// </summary>
internal sealed class WordOption<T> : Option<T>
{
    /// <summary>An option of that name.</summary>
    public WordOption(string name, params string[] aliases)
        : base(name, aliases)
    {
        CustomParser = Words.ParserOf<T>();
        if (Words.Of<T>() is { } words)
            HelpName = string.Join("|", words);
        if (Sizes.ParserOf<T>() is not { } sizes)
            return;
        CustomParser = sizes;
        HelpName = Sizes.HelpName;
    }
}
