namespace MlNetImageTranslation.Networks;

/// <summary>How many values a network's weights have.</summary>
/// <param name="Trainable">Values that training changes.</param>
/// <param name="Frozen">Values of frozen layers, their running statistics not among them.</param>
/// <param name="Statistics">Running means and variances of batch norms, frozen or not; PyTorch does not count them as
/// parameters, Keras counts them as not trainable.</param>
internal readonly record struct ParameterCounts(long Trainable, long Frozen, long Statistics)
{
    /// <summary>Everything: what Keras calls the total.</summary>
    public long All => Trainable + Frozen + Statistics;

    /// <summary>Everything that training leaves alone or only tracks: what Keras calls not trainable.</summary>
    public long NotTrainable => Frozen + Statistics;

    /// <summary>
    /// The counts in words, each by itself: <c>54,413,955 trainable parameters, 9,856 running statistics</c>.
    /// </summary>
    public override string ToString() =>
        $"{NetworkSummary.Number(Trainable)} trainable parameters"
        + (Frozen > 0 ? $", {NetworkSummary.Number(Frozen)} frozen" : "")
        + (Statistics > 0 ? $", {NetworkSummary.Number(Statistics)} running statistics" : "");

    /// <summary>Counts a whole network.</summary>
    public static ParameterCounts Of(NetworkGraph graph) => Of(graph.Parameters);

    /// <summary>Counts some weights.</summary>
    public static ParameterCounts Of(IEnumerable<ParameterSpec> parameters)
    {
        long trainable = 0,
            frozen = 0,
            statistics = 0;
        foreach (var parameter in parameters)
            if (parameter.IsStatistic)
                statistics += parameter.Count;
            else if (parameter.Trainable)
                trainable += parameter.Count;
            else
                frozen += parameter.Count;
        return new(trainable, frozen, statistics);
    }
}
