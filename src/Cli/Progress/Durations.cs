using System.Globalization;

namespace MlNetImageTranslation.Cli;

/// <summary>Times and numbers in progress lines, the same in every country.</summary>
internal static class Durations
{
    /// <summary><c>2 d 3 h left</c>, <c>1 h 12 min left</c>, <c>4 min 5 s left</c>, <c>9 s left</c>.</summary>
    public static string Left(TimeSpan left) =>
        left.TotalDays >= 1 ? Invariant($"{left.Days} d {left.Hours} h left")
        : left.TotalHours >= 1 ? Invariant($"{left.Hours} h {left.Minutes} min left")
        : left.TotalMinutes >= 1 ? Invariant($"{left.Minutes} min {left.Seconds} s left")
        : Invariant($"{left.Seconds} s left");

    /// <summary>The text with numbers as C# writes them.</summary>
    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
