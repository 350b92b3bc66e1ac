namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Learns to make two kinds of images of the same noise, from two unpaired sets (Liu and Tuzel 2016, "Coupled
/// Generative Adversarial Networks"): two generators that share their layers near the noise, two discriminators that
/// share theirs near the decision. An image is translated by a search for the noise that gives it, of which the other
/// generator then makes its image: <see cref="CoGanTranslator"/>.
/// </summary>
/// <remarks>
/// There is no network from image to image, so a run exports no model, and there is no estimator. To have both, train
/// <see cref="RegressionTrainer"/> on images and their translations.
/// </remarks>
public sealed partial class CoGanTrainer
{
    private readonly Options _options;

    /// <summary>A trainer with these options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; the message names it.</exception>
    public CoGanTrainer(Options options) => _options = options.Validated();

    /// <summary>Trains to the end. The result names no models.</summary>
    /// <param name="progress">Told about steps, epochs, samples, warnings; on the training thread.</param>
    /// <param name="cancellationToken">Ends the run after the step under way; a checkpoint is written first.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">A loss became infinite or not a number.</exception>
    /// <exception cref="InvalidOperationException">The output folder holds another run, or one that may not be
    /// resumed.</exception>
    /// <exception cref="IOException">Data or run folder cannot be read or written.</exception>
    public TrainingResult Train(
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var (options, device) = TrainingRun.Prepare(_options, progress);
        var (training, validation) = TrainingImageSets.Open(options, progress);
        var networks = CoGanNetworks.Create(options);
        return TrainingRun.Execute(options, training, validation, networks, CreateSession, progress, cancellationToken);

        TrainingSession CreateSession() => new CoGanSession(options, CreateNetworks(options, networks, device));
    }

    /// <summary>The networks of a run as they are before the first step.</summary>
    internal static OrderedDictionary<string, TorchNetwork> CreateNetworks(
        Options options,
        IReadOnlyList<(string Name, NetworkGraph Graph)> networks,
        Device device
    )
    {
        var initial = new OrderedDictionary<string, TorchNetwork>();
        foreach (var (name, graph) in networks)
        {
            bool makes = name.StartsWith(CoGanNetworks.Generator, StringComparison.Ordinal);
            var stream = makes ? RandomStream.Generator : RandomStream.Discriminator;
            initial.Add(name, InitialNetwork.Create(graph, options, stream, file: null, device, initial.Count));
        }
        return initial;
    }
}
