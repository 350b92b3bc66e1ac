namespace MlNetImageTranslation.Transforms;

/// <summary>
/// How many rows a cursor holds: the one that it serves, and those that it has read ahead. Where nobody has decided,
/// they become more as long as the engine runs out of images.
/// </summary>
internal sealed class ReadAheadDepth
{
    private const int Largest = 32;

    /// <param name="decided">The number of rows, where it is decided.</param>
    /// <param name="least">The number to begin with, where it is not.</param>
    public ReadAheadDepth(int? decided, int least)
    {
        Rows = decided ?? least;
        Most = decided ?? Math.Max(least, Largest);
    }

    /// <summary>The rows to hold.</summary>
    public int Rows { get; private set; }

    /// <summary>The most rows that will ever be held.</summary>
    public int Most { get; }

    /// <summary>Holds more rows from now on, where more are allowed.</summary>
    public void Grow() => Rows = Math.Min(2 * Rows, Most);
}
