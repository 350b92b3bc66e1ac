using System.CommandLine.Parsing;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Cli;

/// <summary>Image sizes on the command line: <c>512x256</c>, or <c>256</c> for a square.</summary>
internal static class Sizes
{
    /// <summary>What help calls such a value.</summary>
    public const string HelpName = "WIDTHxHEIGHT";

    /// <summary>A parser whose errors name the option; null for types other than sizes.</summary>
    public static Func<ArgumentResult, T>? ParserOf<T>() =>
        (Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)) == typeof(ImageSize)
            ? argument => Tokens.Parse<T>(argument, Read, "WIDTHxHEIGHT such as 512x256, or one number for a square")
            : null;

    private static object? Read(string text)
    {
        try
        {
            return ImageSize.Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
