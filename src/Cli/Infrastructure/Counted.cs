using System.Globalization;

namespace MlNetImageTranslation.Cli;

/// <summary>Numbers of things in sentences.</summary>
internal static class Counted
{
    /// <summary>Such as <c>1 image</c> and <c>2 images</c>.</summary>
    public static string Of(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
