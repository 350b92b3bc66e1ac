using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>Discriminators as <see cref="IAdversarialOptions"/> describe them.</summary>
internal static class Discriminators
{
    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; the message names it.</exception>
    public static void Validate(IAdversarialOptions options)
    {
        TrainingOptions.Require(
            !string.IsNullOrEmpty(options.Discriminator),
            nameof(options.Discriminator),
            "a name",
            options.Discriminator
        );
        TrainingOptions.Require(
            options.DiscriminatorFilters >= 1,
            nameof(options.DiscriminatorFilters),
            "1 or more",
            options.DiscriminatorFilters
        );
        TrainingOptions.Require(
            options.DiscriminatorLayers is null or >= 1,
            nameof(options.DiscriminatorLayers),
            "1 or more",
            options.DiscriminatorLayers
        );
        TrainingOptions.Require(
            options.DiscriminatorScales is >= 1 and <= 3,
            nameof(options.DiscriminatorScales),
            "1, 2 or 3",
            options.DiscriminatorScales
        );
        TrainingOptions.RequireKnown(options.Objective, nameof(options.Objective));
        const DiscriminatorAugmentation All =
            DiscriminatorAugmentation.Color | DiscriminatorAugmentation.Translation | DiscriminatorAugmentation.Cutout;
        TrainingOptions.Require(
            (options.DiscriminatorAugmentation & ~All) == 0,
            nameof(options.DiscriminatorAugmentation),
            "Color, Translation, Cutout or some of them",
            options.DiscriminatorAugmentation
        );
        TrainingOptions.Require(
            options.GradientPenaltyWeight is >= 0 and < double.PositiveInfinity,
            nameof(options.GradientPenaltyWeight),
            "0 or more",
            options.GradientPenaltyWeight
        );
    }

    /// <summary>Makes a discriminator that sees so many channels, for images of the training size.</summary>
    /// <exception cref="ArgumentException">The name is unknown, the network of one's own reads another number of
    /// channels, or the images are too small for it.</exception>
    public static NetworkGraph Create<TOptions>(TOptions options, int inputChannels)
        where TOptions : GeneratorOptions, IAdversarialOptions
    {
        if (options.DiscriminatorGraph is null)
            NetworkRole.RequireDiscriminator(options.Discriminator);
        var graph =
            options.DiscriminatorGraph
            ?? NetworkCatalog.Create(
                new NetworkOptions
                {
                    Architecture = options.Discriminator,
                    InputChannels = inputChannels,
                    Filters = options.DiscriminatorFilters,
                    Norm = GeneratorOptions.HasNormOfItsOwn(options.Discriminator) ? null : options.Norm,
                    Layers = options.DiscriminatorLayers,
                    Size = options.CropSize.Width,
                    Height = options.CropSize.Height,
                }
            );
        if (graph.Input.Channels != inputChannels)
            throw new ArgumentException(
                $"{nameof(options.DiscriminatorGraph)} '{graph.Name}' reads {graph.Input.Channels} channels; expected "
                    + $"{inputChannels}, the channels of what it judges (for pairs: source and target together).",
                nameof(options.DiscriminatorGraph)
            );
        if (options.TrainingSize is { } size)
            CheckSize(options, graph, size);
        return graph;
    }

    /// <summary>A discriminator for every scale, as they are before the first step.</summary>
    /// <param name="graph">The discriminator.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="stream">Where the random weights come from.</param>
    /// <param name="file">A file with initial weights of the one that sees the images at full size.</param>
    /// <param name="device">Where they compute.</param>
    public static TorchNetwork[] Begin<TOptions>(
        NetworkGraph graph,
        TOptions options,
        RandomStream stream,
        string? file,
        Device device
    )
        where TOptions : TrainingOptions, IAdversarialOptions =>
        [
            .. Enumerable
                .Range(0, options.DiscriminatorScales)
                .Select(scale =>
                    InitialNetwork.Create(graph, options, stream, scale == 0 ? file : null, device, scale)
                ),
        ];

    private static void CheckSize(IAdversarialOptions options, NetworkGraph graph, ImageSize size)
    {
        int divisor = 1 << (options.DiscriminatorScales - 1);
        var seen = new TensorShape(graph.Input.Channels, size.Height / divisor, size.Width / divisor);
        try
        {
            graph.Shapes(seen);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new ArgumentException(
                $"Discriminator '{graph.Name}' cannot judge images of {seen.Width}x{seen.Height} pixels, which a crop "
                    + $"size of {size} and {options.DiscriminatorScales} scales give: {exception.Message}",
                nameof(options.Discriminator),
                exception
            );
        }
    }
}
