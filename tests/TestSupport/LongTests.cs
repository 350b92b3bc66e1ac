using System.Globalization;

namespace MlNetImageTranslation.TestSupport;

/// <summary>How much the tests that could try for ever try: little by default, much with <c>./test.sh --long</c>.</summary>
public static class LongTests
{
    /// <summary>The variable that <c>./test.sh --long</c> sets: how many times longer.</summary>
    public const string Variable = "IMT_LONG_TESTS";

    /// <summary>1, or how many times as much is asked for.</summary>
    public static int Factor =>
        int.TryParse(
            Environment.GetEnvironmentVariable(Variable),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out int factor
        )
            ? Math.Max(1, factor)
            : 1;

    /// <summary>A seed that differs from run to run where much is tried, and is the same by default.</summary>
    public static int Seed => Factor > 1 ? Environment.TickCount : 1;
}
