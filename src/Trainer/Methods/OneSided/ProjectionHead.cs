namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The network through which CUT compares features of one layer: two dense layers with a ReLU between them (Park et al.
/// 2020, section 3).
/// </summary>
internal static class ProjectionHead
{
    /// <summary>Makes the head for features of so many channels.</summary>
    public static NetworkGraph Create(int channels, int filters) =>
        new NetworkBuilder("projection", new(channels, 1, 1))
            .Dense("hidden", filters)
            .Relu("activation")
            .Dense("output", filters)
            .Build();
}
