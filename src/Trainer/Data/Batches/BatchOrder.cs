namespace MlNetImageTranslation.Trainer;

/// <summary>Which samples make up a batch: a function of the seed, the epoch and the batch's number.</summary>
/// <param name="Count">Samples in an epoch.</param>
/// <param name="BatchSize">Samples in a batch; the last batch of an epoch may be smaller.</param>
/// <param name="Order">How an epoch goes through the samples.</param>
/// <param name="Seed">The run's seed.</param>
internal sealed record BatchOrder(int Count, int BatchSize, SampleOrder Order, long Seed)
{
    private (long Epoch, int[] Indices) _epoch = (-1, []);

    /// <summary>Batches in an epoch.</summary>
    public int BatchesPerEpoch => (Count + BatchSize - 1) / BatchSize;

    /// <summary>The samples of a batch: index, and number in the run.</summary>
    /// <param name="epoch">Epochs before this one.</param>
    /// <param name="batch">Batches before this one in the epoch.</param>
    public (int Index, long Number)[] Samples(long epoch, int batch)
    {
        if (_epoch.Epoch != epoch)
            _epoch = (epoch, Indices(epoch));
        int first = batch * BatchSize;
        return Enumerable
            .Range(first, Math.Min(BatchSize, Count - first))
            .Select(place => (_epoch.Indices[place], epoch * Count + place))
            .ToArray();
    }

    private int[] Indices(long epoch)
    {
        var random = new CounterRandom(Seed, RandomStream.Shuffle, epoch);
        return Order switch
        {
            SampleOrder.Serial => Enumerable.Range(0, Count).ToArray(),
            SampleOrder.WithReplacement => Enumerable.Range(0, Count).Select(_ => random.NextInt32(Count)).ToArray(),
            _ => random.Permutation(Count),
        };
    }
}
