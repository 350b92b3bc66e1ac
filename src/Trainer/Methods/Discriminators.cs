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
        TrainingOptions.RequireFilters(options.DiscriminatorFilters, nameof(options.DiscriminatorFilters));
        if (options.DiscriminatorLayers is { } layers)
            TrainingOptions.RequireFilters(layers, nameof(options.DiscriminatorLayers));
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
        var graph = options.DiscriminatorGraph ?? Named(options, inputChannels);
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

    /// <summary>What the next scale sees: the mean of windows of 3x3 around every second pixel.</summary>
    public static ImageSize Half(ImageSize size) => new((size.Width + 1) / 2, (size.Height + 1) / 2);

    /// <summary>What a scale sees, for messages.</summary>
    public static string Describe(ImageSize seen, int scale) =>
        scale == 0 ? "it"
        : scale == 1 ? $"it at half the size, {seen}"
        : $"it at a quarter of the size, {seen}";

    // Designed for the crop, unless that is too small for it: images may be larger, or CheckSize says so.
    private static NetworkGraph Named<TOptions>(TOptions options, int inputChannels)
        where TOptions : GeneratorOptions, IAdversarialOptions
    {
        var network = new NetworkOptions
        {
            Architecture = options.Discriminator,
            InputChannels = inputChannels,
            Filters = options.DiscriminatorFilters,
            Norm = GeneratorOptions.HasNormOfItsOwn(options.Discriminator) ? null : options.Norm,
            Layers = options.DiscriminatorLayers,
        };
        try
        {
            return NetworkCatalog.Create(
                network with
                {
                    Size = options.CropSize.Width,
                    Height = options.CropSize.Height,
                }
            );
        }
        catch (ArgumentException) when (CanBeLarger(network))
        {
            return NetworkCatalog.Create(network);
        }
        catch (ArgumentException exception)
            when (options.DiscriminatorLayers is { } layers && CanBeLarger(network with { Layers = null }))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{nameof(options.DiscriminatorLayers)}: {layers} do not suit ")
                    + $"discriminator '{options.Discriminator}': {exception.Message}",
                nameof(options.DiscriminatorLayers),
                exception
            );
        }
    }

    private static bool CanBeLarger(NetworkOptions network)
    {
        try
        {
            return !NetworkCatalog.Create(network).HasFixedSize;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void CheckSize(IAdversarialOptions options, NetworkGraph graph, ImageSize size)
    {
        var seen = size;
        for (int scale = 1; scale < options.DiscriminatorScales; scale++)
            seen = Half(seen);
        try
        {
            graph.Shapes(new(graph.Input.Channels, seen.Height, seen.Width));
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            string scales = options.DiscriminatorScales == 1 ? "" : $" of {options.DiscriminatorScales} scales";
            throw new ArgumentException(
                $"CropSize: {size} is too small for discriminator '{graph.Name}'{scales}, which would judge images of "
                    + $"{seen}: {exception.Message}",
                nameof(TrainingOptions.CropSize),
                exception
            );
        }
    }
}
