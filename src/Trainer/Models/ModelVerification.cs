using System.Globalization;
using System.Runtime.InteropServices;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Transforms;
using MlNetImageTranslation.Weights;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>Runs a model file by the engine and its network by torch, in float32 on the CPU, and compares.</summary>
internal static class ModelVerification
{
    /// <summary>The largest error of a float32 model, on the scale of [-1, 1].</summary>
    public const double Tolerance = 1e-3;

    /// <summary>Compares on the images, brought to a size that the model reads.</summary>
    /// <exception cref="InvalidOperationException">The difference is too large.</exception>
    public static ModelDifference Verify(
        TrainedGenerator generator,
        ModelCard card,
        byte[] model,
        IReadOnlyList<RgbImage> images
    )
    {
        using var scope = torch.NewDisposeScope();
        using var unrecorded = torch.no_grad();
        using var network = new TorchNetwork(generator.Graph, generator.Weights);
        var mode = card.NormStatistics == NormalizationStatistics.Image ? ForwardMode.Image : ForwardMode.Running;
        // With floats the model's own luma is not rounded to levels as torch's input is; images that are gray already
        // have the same one.
        bool gray = card is { Interface: ModelInterface.FloatNchw, InputChannels: 1 };
        images = [.. images.Select(image => Fit(gray ? image.ToGray() : image, card))];
        // What is no class of its own was resized, or is noise.
        if (NetworkCatalog.MapsImages(generator.Graph) && LabelLevels.CountOf(card.LabelColors) is { } labels)
            images = [.. images.Select(image => Nearest(image, labels))];
        var difference = NetworkCatalog.MapsImages(generator.Graph)
            ? Compare(network, mode, model, images)
            : TensorVerification.Compare(network, mode, model, images);
        Check(generator, card, difference);
        return difference;
    }

    private static ModelDifference Compare(
        TorchNetwork network,
        ForwardMode mode,
        byte[] model,
        IReadOnlyList<RgbImage> images
    )
    {
        using var engine = new TranslationEngine(
            model,
            new() { Device = TranslationDevice.Cpu, ConvolutionAlgorithm = ConvolutionAlgorithm.Direct }
        );
        double largest = 0,
            squares = 0;
        long count = 0;
        foreach (var image in images)
        {
            using var inner = torch.NewDisposeScope();
            // Another image, so that one in place of the other shows.
            var instances = engine.ReadsInstances ? image.MirrorHorizontally() : null;
            var expected = network.Forward(
                ImageTensor.ToTensor(image, instances, network.Graph.Input.Channels, network.Device),
                mode
            );
            if (expected.shape[1] == 1)
                expected = expected.expand(-1, 3, -1, -1);
            var values = MemoryMarshal.Cast<byte, float>(expected.contiguous().bytes);
            var answer = (instances is null ? engine.Translate(image) : engine.Translate(image, instances)).Pixels;
            int pixels = answer.Length / 3;
            for (int i = 0; i < answer.Length; i++)
            {
                double level = Math.Clamp((values[i % 3 * pixels + i / 3] + 1.0) * 127.5, 0, 255),
                    rounded = answer[i] - Math.Round(level);
                // A level that was rounded is at most half a level off; more than that is the model's error.
                double error = (Math.Abs(answer[i] - level) - 0.5) / 127.5;
                largest = Math.Max(largest, double.IsNaN(error) ? double.PositiveInfinity : error);
                squares += rounded * rounded;
            }
            count += answer.Length;
        }
        return new(largest, 10 * Math.Log10(255.0 * 255.0 / (squares / count)), images.Count);
    }

    private static void Check(TrainedGenerator generator, ModelCard card, ModelDifference difference)
    {
        if (card.Precision == WeightPrecision.Float32 && difference.LargestError > Tolerance)
            throw new InvalidOperationException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The ONNX model of '{generator.Graph.Name}' differs from torch by {difference.LargestError:g3} "
                        + $"on the scale of [-1, 1]; expected at most {Tolerance:g3}. It was not written."
                )
            );
        if (card.Precision != WeightPrecision.Float32 && difference.Psnr < OnnxExporter.Float16MinimumPsnr)
            throw new InvalidOperationException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The ONNX model of '{generator.Graph.Name}' with {card.Precision} weights is at "
                        + $"{difference.Psnr:f1} dB from torch; expected at least {OnnxExporter.Float16MinimumPsnr} "
                        + $"dB. It was not written."
                )
            );
    }

    private static RgbImage Nearest(RgbImage image, int labels)
    {
        byte[] pixels = [.. image.Pixels];
        LabelLevels.MakeNearest(pixels, labels);
        return new(image.Width, image.Height, pixels);
    }

    private static RgbImage Fit(RgbImage image, ModelCard card)
    {
        int multiple = card.SizeMultiple;
        int width = card.FixedSize?.Width ?? Nearest(image.Width),
            height = card.FixedSize?.Height ?? Nearest(image.Height);
        return (width, height) == (image.Width, image.Height) ? image : image.Resize(width, height);

        int Nearest(int side) => Math.Max(1, (int)Math.Round((double)side / multiple)) * multiple;
    }
}
