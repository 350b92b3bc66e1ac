using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Transforms;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Compares models that do not map images to images (discriminators, label maps of many channels) with torch, float for
/// float. What they read is made of images: their planes, over and over until all channels are filled.
/// </summary>
internal static class TensorVerification
{
    /// <summary>
    /// Errors are relative to the largest value that torch gives, where that is above 1: logits have no fixed range.
    /// </summary>
    public static ModelDifference Compare(
        TorchNetwork network,
        ForwardMode mode,
        byte[] model,
        IReadOnlyList<RgbImage> images
    )
    {
        OnnxRuntimeLibrary.EnsureLoaded();
        using var session = new InferenceSession(model);
        double largest = 0,
            squares = 0;
        long count = 0;
        foreach (var image in images)
        {
            using var scope = torch.NewDisposeScope();
            var input = Planes(image, network.Graph.Input.Channels);
            var expected = MemoryMarshal.Cast<byte, float>(network.Forward(input, mode).contiguous().bytes).ToArray();
            var actual = Run(session, MemoryMarshal.Cast<byte, float>(input.bytes).ToArray(), input.shape);
            if (actual.Length != expected.Length)
                throw new InvalidOperationException(
                    $"The ONNX model of '{network.Graph.Name}' gives {actual.Length} values; torch gives "
                        + $"{expected.Length}."
                );
            double scale = Math.Max(1, expected.Max(Math.Abs));
            for (int i = 0; i < expected.Length; i++)
            {
                double error = (actual[i] - expected[i]) / scale;
                largest = Math.Max(largest, double.IsNaN(error) ? double.PositiveInfinity : Math.Abs(error));
                squares += error * error;
            }
            count += expected.Length;
        }
        return new(largest, 10 * Math.Log10(4 / (squares / count)), images.Count);
    }

    private static Tensor Planes(RgbImage image, int channels)
    {
        var rgb = ImageTensor.ToTensor(image, 3, torch.CPU);
        return rgb.repeat(1, (channels + 2) / 3, 1, 1).narrow(1, 0, channels).contiguous();
    }

    private static float[] Run(InferenceSession session, float[] input, long[] shape)
    {
        using var value = OrtValue.CreateTensorValueFromMemory(input, shape);
        using var run = new RunOptions();
        using var outputs = session.Run(run, session.InputNames, [value], session.OutputNames);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
