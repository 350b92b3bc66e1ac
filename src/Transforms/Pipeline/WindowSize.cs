namespace MlNetImageTranslation.Transforms;

/// <summary>
/// How many rows a cursor reads and translates together. Where nobody has decided, windows grow as long as their
/// translation takes no time: between two windows, cores wait for the reader, and short windows have many such breaks.
/// </summary>
internal sealed class WindowSize
{
    private const int Largest = 32;

    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(20);

    /// <param name="decided">The number of rows, where it is decided.</param>
    /// <param name="least">The number to begin with, where it is not.</param>
    public WindowSize(int? decided, int least)
    {
        Rows = decided ?? least;
        Most = decided ?? Math.Max(least, Largest);
    }

    /// <summary>The rows of the next window.</summary>
    public int Rows { get; private set; }

    /// <summary>The most rows that a window will ever have.</summary>
    public int Most { get; }

    /// <summary>Learns from a window that was translated.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="time">How long its translation took.</param>
    public void Learn(int rows, TimeSpan time)
    {
        if (rows == Rows && time < s_short)
            Rows = Math.Min(2 * Rows, Most);
    }
}
