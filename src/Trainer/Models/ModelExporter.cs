using MlNetImageTranslation.Export;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>Writes trained generators as ONNX files, and only such as do what torch does.</summary>
internal static class ModelExporter
{
    /// <summary>
    /// Writes a generator and verifies the file: it is run by the translation engine and compared with torch on the
    /// images given.
    /// </summary>
    /// <param name="generator">The generator.</param>
    /// <param name="path">The ONNX file; an existing one is replaced. A file that fails verification does not
    /// stay.</param>
    /// <param name="options">How it is written; the defaults where null.</param>
    /// <param name="images">Real images to compare on, at least one.</param>
    /// <returns>The file's model card, and how far it was from torch.</returns>
    /// <exception cref="InvalidOperationException">The file does not do what torch does; the message says by how
    /// much. Or the weights are no finite numbers.</exception>
    /// <exception cref="ArgumentException">There are no images, or the network cannot be written as the options
    /// ask.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static VerifiedModel Export(
        TrainedGenerator generator,
        string path,
        OnnxExportOptions? options,
        IReadOnlyList<RgbImage> images
    )
    {
        if (images.Count == 0)
            throw new ArgumentException(
                "An exported model is verified on real images: expected at least one, but got none.",
                nameof(images)
            );
        RefuseNonFinite(generator);
        images = NoiseImages.InPlaceOfPlain(images, generator.Graph);
        // Networks that do not map images to images have floats only.
        options ??= NetworkCatalog.MapsImages(generator.Graph) ? new() : new() { Interface = ModelInterface.FloatNchw };
        string full = Path.GetFullPath(path);
        VerifiedModel? verified = null;
        AtomicFile.Write(
            full,
            beside =>
            {
                var card = OnnxExporter.Export(
                    generator.Graph,
                    generator.Weights,
                    Complete(generator, options),
                    beside
                );
                var difference = ModelVerification.Verify(
                    generator,
                    card,
                    options.DropoutAtInference ? WithoutDropout(generator, options) : File.ReadAllBytes(beside),
                    images
                );
                verified = new(full, card, difference.LargestError, difference.Psnr, difference.Images);
            }
        );
        return verified!;
    }

    private static void RefuseNonFinite(TrainedGenerator generator)
    {
        // Running statistics of a norm over one value are no numbers, and do no harm where the image's are used; where
        // they are used, the comparison with torch says so.
        var names = generator
            .Graph.Parameters.Where(one => one.Kind is not (ParameterKind.RunningMean or ParameterKind.RunningVariance))
            .Select(one => one.Name);
        foreach (string name in names)
            if (Array.Exists(generator.Weights[name].Values, value => !float.IsFinite(value)))
                throw new InvalidOperationException(
                    $"Tensor '{name}' of {generator.Name} ({generator.Graph.Name}) holds values that are no finite numbers: "
                        + "its training diverged, or its file is damaged. No model was written."
                );
    }

    // A model with dropout answers by chance; what is verified is the same model without.
    private static byte[] WithoutDropout(TrainedGenerator generator, OnnxExportOptions options)
    {
        using var stream = new MemoryStream();
        OnnxExporter.Export(
            generator.Graph,
            generator.Weights,
            Complete(generator, options with { DropoutAtInference = false }),
            stream
        );
        return stream.ToArray();
    }

    private static OnnxExportOptions Complete(TrainedGenerator generator, OnnxExportOptions options) =>
        options with
        {
            TrainingSize = options.TrainingSize ?? generator.TrainingSize,
            Provenance = options.Provenance ?? generator.Provenance,
        };
}
