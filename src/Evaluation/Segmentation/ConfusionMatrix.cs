namespace MlNetImageTranslation.Evaluation;

/// <summary>
/// Counts pixels by true and by predicted class: what per-pixel accuracy, per-class accuracy and class IoU are made of.
/// </summary>
internal sealed class ConfusionMatrix
{
    /// <summary>The class that is not counted.</summary>
    public const int Ignored = -1;

    private readonly long[,] _counts;
    private readonly Dictionary<int, long> _missed = [];

    /// <summary>Makes an empty matrix.</summary>
    /// <param name="classes">Number of classes, at least 1.</param>
    public ConfusionMatrix(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        _counts = new long[classes, classes];
    }

    /// <summary>Number of classes.</summary>
    public int Classes => _counts.GetLength(0);

    /// <summary>
    /// Pixels of class <paramref name="truth"/> that were predicted as <paramref name="prediction"/>.
    /// </summary>
    public long this[int truth, int prediction] => _counts[truth, prediction];

    /// <summary>
    /// Counts pixels; those whose true class is <see cref="Ignored"/> (or beyond the classes) are left out, a
    /// prediction beyond them counts as wrong.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Add(ReadOnlySpan<int> truth, ReadOnlySpan<int> prediction)
    {
        if (truth.Length != prediction.Length)
            throw new ArgumentException(
                $"Label maps of one size are compared; got {truth.Length} and {prediction.Length} pixels.",
                nameof(prediction)
            );
        for (int i = 0; i < truth.Length; i++)
        {
            if ((uint)truth[i] >= (uint)Classes)
                continue;
            if ((uint)prediction[i] < (uint)Classes)
                _counts[truth[i], prediction[i]]++;
            else
                _missed[truth[i]] = _missed.GetValueOrDefault(truth[i]) + 1;
        }
    }

    /// <summary>The scores of what was counted.</summary>
    public SegmentationScores Score()
    {
        long right = 0,
            all = 0;
        double accuracies = 0,
            overlaps = 0;
        int present = 0,
            named = 0;
        for (int c = 0; c < Classes; c++)
        {
            long truth = _missed.GetValueOrDefault(c),
                predicted = 0;
            for (int other = 0; other < Classes; other++)
            {
                truth += _counts[c, other];
                predicted += _counts[other, c];
            }
            right += _counts[c, c];
            all += truth;
            if (truth > 0)
            {
                accuracies += (double)_counts[c, c] / truth;
                present++;
            }
            if (truth + predicted > 0)
            {
                overlaps += (double)_counts[c, c] / (truth + predicted - _counts[c, c]);
                named++;
            }
        }
        return new(
            all == 0 ? double.NaN : (double)right / all,
            present == 0 ? double.NaN : accuracies / present,
            named == 0 ? double.NaN : overlaps / named
        );
    }
}
