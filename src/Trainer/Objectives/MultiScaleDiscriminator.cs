using TorchSharp;
using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// One discriminator, or several that see the image at full, half and quarter size (pix2pixHD, section 3.2); their
/// losses add up.
/// </summary>
internal sealed class MultiScaleDiscriminator : IDisposable
{
    private readonly AdversarialObjective _objective;
    private readonly AdversarialLoss _loss;
    private readonly TorchNetwork[] _networks;
    private readonly Adam[] _optimizers;

    public MultiScaleDiscriminator(
        string name,
        IReadOnlyList<TorchNetwork> networks,
        AdversarialObjective objective,
        AdamOptions adam
    )
    {
        Name = name;
        _networks = [.. networks];
        _optimizers = Array.ConvertAll(_networks, network => new Adam(network, adam));
        _objective = objective;
        _loss = new(objective, networks[0].Device);
    }

    /// <summary>Its name in checkpoints.</summary>
    public string Name { get; }

    public IEnumerable<(string Name, TorchNetwork Network)> Networks =>
        _networks.Select((network, scale) => (Numbered(scale), network));

    public IEnumerable<(string Name, Adam Optimizer)> Optimizers =>
        _optimizers.Select((optimizer, scale) => (Numbered(scale), optimizer));

    /// <inheritdoc cref="TorchNetwork.IsStateless"/>
    public bool IsStateless => _networks.All(network => network.IsStateless);

    /// <summary>The logits at every scale.</summary>
    public Tensor[] Logits(Tensor images, bool constant = false)
    {
        var logits = new Tensor[_networks.Length];
        for (int scale = 0; scale < logits.Length; scale++)
        {
            if (scale > 0)
                images = Half(images);
            logits[scale] = _networks[scale].Forward(images, ForwardMode.Training, constant);
        }
        return logits;
    }

    /// <summary>The outputs of the activations at every scale, then the logits: for feature matching.</summary>
    public Tensor[][] Features(Tensor images, bool constant)
    {
        var features = new Tensor[_networks.Length][];
        for (int scale = 0; scale < features.Length; scale++)
        {
            if (scale > 0)
                images = Half(images);
            string[] names =
            [
                .. _networks[scale]
                    .Graph.Layers.OfType<ActivationLayer>()
                    .Select(layer => layer.Name)
                    .Where(layer => layer != _networks[scale].Graph.Layers[^1].Name),
            ];
            features[scale] = _networks[scale].ForwardWithLayers(images, ForwardMode.Training, names, constant);
        }
        return features;
    }

    /// <summary>The adversarial loss, summed over the scales.</summary>
    public Tensor Loss(Tensor[] logits, bool real)
    {
        var loss = _loss.Of(logits[0], real);
        foreach (var more in logits.Skip(1))
            loss = loss.Plus(_loss.Of(more, real));
        return loss;
    }

    /// <summary>
    /// One map of logits, or for each image the sum of its mean logits at the scales: what a gradient penalty
    /// differentiates. No mean is taken over the images, whose gradients would shrink with the size of the batch.
    /// </summary>
    public Tensor MeanLogits(Tensor images)
    {
        var logits = Logits(images);
        return logits.Length == 1 ? logits[0] : logits.Select(map => map.mean([1L, 2, 3])).Sum();
    }

    /// <summary>
    /// Adds the gradient of half the losses of real and generated images to what the next update is made by, and that of
    /// <see cref="GradientPenalty.Of">the penalty</see> where the objective has one.
    /// </summary>
    /// <param name="real">The real images.</param>
    /// <param name="generated">The generated images.</param>
    /// <param name="realLoss">The loss of the former.</param>
    /// <param name="generatedLoss">The loss of the latter.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="update">Updates before this one, by which the penalty's random numbers are drawn.</param>
    /// <param name="part">Which of the step's images these are.</param>
    /// <returns>Half the losses, without the penalty and without gradients.</returns>
    public Tensor AddGame<TOptions>(
        Tensor real,
        Tensor generated,
        Tensor realLoss,
        Tensor generatedLoss,
        TOptions options,
        long update,
        MicroBatch part
    )
        where TOptions : TrainingOptions, IAdversarialOptions
    {
        var half = realLoss.Plus(generatedLoss).Times(0.5);
        var loss = half;
        if (_objective == AdversarialObjective.Wasserstein)
        {
            var random = new CounterRandom(options.SeedOrZero, RandomStream.GradientPenalty, update);
            double weight = options.GradientPenaltyWeight;
            loss = half.Plus(GradientPenalty.Of(MeanLogits, real, generated, weight, random, part.First));
        }
        Add(part.Weigh(loss));
        return half.detach();
    }

    /// <summary>Adds the gradient of a loss to what the next update is made by.</summary>
    public void Add(Tensor loss) => Gradients.Add(loss, _optimizers);

    /// <summary>One update of all scales.</summary>
    public void Apply(double learningRate) =>
        Gradients.Apply(Array.ConvertAll(_optimizers, optimizer => (optimizer, learningRate)));

    /// <summary>One update of all scales by the gradient of a loss.</summary>
    public void Descend(Tensor loss, double learningRate) =>
        Gradients.Descend(loss, Array.ConvertAll(_optimizers, optimizer => (optimizer, learningRate)));

    /// <summary>Frees the loss; networks and optimizers belong to the session.</summary>
    public void Dispose() => _loss.Dispose();

    private string Numbered(int scale) => scale == 0 ? Name : $"{Name}_{scale + 1}";

    private static Tensor Half(Tensor images) =>
        functional.avg_pool2d(images, [3L, 3], [2L, 2], [1L, 1], count_include_pad: false);
}
