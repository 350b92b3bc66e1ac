using System.Globalization;
using System.Reflection;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export;

/// <summary>
/// Writes a network and its weights as one ONNX file: operator set 17, standard operators only, no external data,
/// with a <see cref="ModelCard"/> in its metadata that says everything needed to run it.
/// </summary>
public static class OnnxExporter
{
    /// <summary>
    /// The lowest PSNR, in dB on 8-bit images, of a model with 16-bit weights against the same with 32-bit ones.
    /// </summary>
    public const double Float16MinimumPsnr = 45;

    private static readonly string s_version =
        typeof(OnnxExporter)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0]
        ?? "0";

    /// <summary>Writes the model to a file, which appears whole or not at all.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="weights">All its weights and nothing else.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <returns>The card that went into the file.</returns>
    /// <exception cref="ArgumentException">The weights do not fit the network, or the network cannot be written as the
    /// options ask.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static ModelCard Export(NetworkGraph graph, StateDict weights, OnnxExportOptions options, string path)
    {
        ModelCard? card = null;
        AtomicFile.WriteStream(path, stream => card = Export(graph, weights, options, stream), flushToDisk: true);
        return card!;
    }

    /// <summary>Writes the model to a stream, which stays open.</summary>
    /// <inheritdoc cref="Export(NetworkGraph, StateDict, OnnxExportOptions, string)"/>
    public static ModelCard Export(NetworkGraph graph, StateDict weights, OnnxExportOptions options, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        weights.Check(graph);
        CheckPossible(graph, options);
        var statistics = options.NormStatistics ?? DefaultNormStatistics(graph, options.Provenance);
        var images = ImageInterface.Of(graph, options);
        var lowering = new NetworkLowering(
            graph,
            weights,
            new GraphWriter(options.Precision),
            statistics,
            options.DropoutAtInference
        );
        var onnx = images.Write(lowering);
        var card = Card(graph, weights, options, images.FixedSize, statistics, lowering.HasGlobalStatistics);
        try
        {
            OnnxMessages.Write(
                new()
                {
                    IrVersion = OnnxMessages.IrVersion,
                    ProducerName = OnnxMessages.ProducerName,
                    ProducerVersion = s_version,
                    Graph = onnx,
                    OpsetImport = { new OperatorSetIdProto { Version = OnnxMessages.Opset } },
                    MetadataProps = { Metadata(card) },
                },
                stream
            );
        }
        catch (OverflowException exception)
        {
            throw new ArgumentException(
                $"Network '{graph.Name}' has more weights than one ONNX file can hold (2 GiB).",
                nameof(weights),
                exception
            );
        }
        return card;
    }

    /// <summary>
    /// Where a network's batch norms take their statistics from unless somebody says otherwise: from the image where it
    /// was trained at batch size 1 or is an imported U-Net (the paper's test-time behaviour, on which published pix2pix
    /// models rely), else from training.
    /// </summary>
    public static NormalizationStatistics DefaultNormStatistics(NetworkGraph graph, ModelProvenance? provenance)
    {
        bool unet = graph.Layers.Any(layer => layer is ConcatenationLayer);
        return provenance?.BatchSize == 1 || (provenance is { BatchSize: null, Trainer: "import" } && unet)
            ? NormalizationStatistics.Image
            : NormalizationStatistics.Running;
    }

    // What was asked for explicitly is done or refused, never dropped.
    private static void CheckPossible(NetworkGraph graph, OnnxExportOptions options)
    {
        if (options.DropoutAtInference && !graph.Layers.Any(layer => layer is DropoutLayer))
            throw Impossible(nameof(options.DropoutAtInference), "has no dropout");
        var norms = graph.Layers.OfType<NormalizationLayer>().ToList();
        if (options.NormStatistics is not null && norms.Count == 0)
            throw Impossible(nameof(options.NormStatistics), "has no norms");
        if (
            options.NormStatistics == NormalizationStatistics.Running
            && !norms.Any(norm => norm.RunningStatistics && !norm.AlwaysBatchStatistics)
        )
            throw Impossible(nameof(options.NormStatistics), "has no norms with running statistics");

        ArgumentException Impossible(string option, string what) =>
            new($"Network '{graph.Name}' {what}, but {option} asks for some.", nameof(options));
    }

    private static ModelCard Card(
        NetworkGraph graph,
        StateDict weights,
        OnnxExportOptions options,
        ImageSize? fixedSize,
        NormalizationStatistics statistics,
        bool global
    )
    {
        var now = DateTimeOffset.UtcNow;
        var provenance = options.Provenance ?? new();
        var batchNorms = graph
            .Layers.OfType<NormalizationLayer>()
            .Where(norm => norm.Kind == NormalizationKind.Batch)
            .ToList();
        return new ModelCard
        {
            Architecture = graph.Name,
            InputChannels = graph.Input.Channels,
            OutputChannels = graph.Output.Channels,
            SizeMultiple = graph.SizeMultiple,
            TrainingSize = options.TrainingSize ?? new(graph.Input.Width, graph.Input.Height),
            FixedSize = fixedSize,
            Interface = options.Interface,
            NormStatistics =
                batchNorms.Count == 0 ? null
                : batchNorms.All(norm => norm.AlwaysBatchStatistics || !norm.RunningStatistics)
                    ? NormalizationStatistics.Image
                : statistics,
            DropoutAtInference = options.DropoutAtInference,
            Precision = options.Precision,
            HasGlobalStatistics = global,
            ReceptiveField = graph.ReceptiveField,
            Provenance = provenance with
            {
                CreatedBy = provenance.CreatedBy ?? $"{OnnxMessages.ProducerName} {s_version}",
                Created = provenance.Created ?? now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)),
            },
            WeightsSha256 = weights.ComputeHash(),
        }.WithLabelsOf(graph);
    }

    // Plain entries beside the card, for the tools that list metadata but know nothing of cards.
    private static List<StringStringEntryProto> Metadata(ModelCard card)
    {
        List<StringStringEntryProto> metadata =
        [
            Entry(ModelCard.MetadataKey, card.ToJson()),
            Entry("architecture", card.Architecture),
            Entry("size_multiple", card.SizeMultiple.ToString(CultureInfo.InvariantCulture)),
        ];
        if (card.TrainingSize is { } size)
            metadata.Add(Entry("training_size", size.ToString()));
        if (card.NormStatistics is { } statistics)
            metadata.Add(Entry("norm_statistics", statistics.ToString().ToLowerInvariant()));
        return metadata;
    }

    private static StringStringEntryProto Entry(string key, string value) => new() { Key = key, Value = value };
}
