using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// What the trainers of unpaired translation in both directions have in common: a generator from A to B and one from B
/// to A.
/// </summary>
public abstract class TwoWayOptions : UnpairedOptions, IUnpairedData
{
    /// <summary>CycleGAN's choices, which its authors gave to all methods that they compare.</summary>
    private protected TwoWayOptions() => PoolSize = 50;

    /// <summary>The column that <c>.Reverse</c> writes; null for the target column's name.</summary>
    [NotRecorded]
    public string? ReverseOutputColumnName { get; set; }

    /// <summary>
    /// A file (ours, or a checkpoint that <see cref="NetworkFile.Import(string, ImportOptions?)"/> reads) with the
    /// initial weights of the generator from B to A.
    /// </summary>
    public string? InitialReverseGenerator { get; set; }

    bool IUnpairedData.TranslatesBothWays => true;

    /// <summary>The generators from A to B and from B to A.</summary>
    /// <exception cref="ArgumentException">One of them cannot be made.</exception>
    internal (NetworkGraph Forward, NetworkGraph Reverse) CreateGenerators() =>
        (CreateGenerator(InputChannels, OutputChannels), CreateGenerator(OutputChannels, InputChannels));

    private protected void RequireEncoders((NetworkGraph Forward, NetworkGraph Reverse) generators)
    {
        // Runs of before trained behind encoders as they happened to begin; they may go on.
        if (Resume)
            return;
        RequireEncoder(generators.Forward, nameof(InitialGenerator), InitialGenerator);
        Require(
            InitialReverseGenerator is not null || !generators.Reverse.Layers.Any(layer => layer.Frozen),
            nameof(InitialReverseGenerator),
            $"a file with the weights of the frozen encoder of '{generators.Reverse.Name}'",
            InitialReverseGenerator
        );
    }
}
