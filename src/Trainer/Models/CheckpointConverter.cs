using MlNetImageTranslation.Export;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>Turns somebody else's checkpoint into a file of ours.</summary>
internal static class CheckpointConverter
{
    /// <inheritdoc cref="VerifiedModel.FromCheckpoint"/>
    public static VerifiedModel Convert(
        string checkpoint,
        string output,
        ImportOptions? import = null,
        OnnxExportOptions? export = null,
        IReadOnlyList<RgbImage>? images = null
    )
    {
        var extension = Path.GetExtension(output).ToLowerInvariant();
        if (extension is not (".onnx" or ".safetensors"))
            throw new ArgumentException(
                $"The output's extension should be .onnx or .safetensors, but is '{extension}'.",
                nameof(output)
            );
        if (
            extension == ".safetensors"
            && (images is not null || export is not null && export != new OnnxExportOptions())
        )
            throw new ArgumentException(
                $"'{output}' takes weights only: {nameof(OnnxExportOptions)} and images to verify on are for .onnx.",
                nameof(export)
            );
        if (export?.NormStatistics == NormalizationStatistics.Running)
            import = (import ?? new()) with { RunningStatistics = true };
        var network = NetworkFile.Import(checkpoint, import);
        var generator = new TrainedGenerator(
            "generator",
            network.Graph,
            network.Weights,
            Provenance(network.Card),
            TrainingSize(network, import)
        );
        if (extension == ".onnx")
        {
            if (
                !NetworkCatalog.MapsImages(network.Graph)
                && (export?.Interface ?? ModelInterface.Uint8Nhwc) != ModelInterface.FloatNchw
            )
                throw new ArgumentException(
                    $"'{checkpoint}' holds a {network.Graph.Name} ({network.Graph.Input} to "
                        + $"{network.Graph.Output}), which does not map images to images: write it as .safetensors, "
                        + $"or as an ONNX model with {nameof(OnnxExportOptions)}.{nameof(OnnxExportOptions.Interface)} "
                        + $"{nameof(ModelInterface.FloatNchw)} for programs of your own.",
                    nameof(export)
                );
            var verified = ModelExporter.Export(generator, output, export, images ?? NoiseImages.For(network.Graph));
            return verified with { Network = network };
        }
        generator.Save(output);
        var written = TrainedGenerator.Load(output);
        string expected = network.Weights.ComputeHash(),
            found = written.Weights.ComputeHash();
        if (found != expected)
            throw new InvalidOperationException($"'{output}' holds weights with SHA-256 {found}; expected {expected}.");
        var card = ModelCard.FromJson(StateDict.ReadMetadata(output)[ModelCard.MetadataKey]);
        return new(Path.GetFullPath(output), card, 0, double.PositiveInfinity, 0) { Network = network };
    }

    private static ModelProvenance Provenance(ModelCard? card) => card?.Provenance ?? new() { Trainer = "import" };

    // A U-Net's size is in its depth; a ResNet was trained at any size, and only somebody who knows can say.
    private static ImageSize? TrainingSize(NetworkFile network, ImportOptions? import) =>
        import?.Size is { } side
            ? new(side, side)
            : network.Card?.TrainingSize ?? new(network.Graph.Input.Width, network.Graph.Input.Height);
}
