using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Weights;
using TorchSharp;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>Tensors and images for tests.</summary>
internal static class TestTensors
{
    /// <summary>Normal numbers in a weight tensor.</summary>
    public static WeightTensor Normal(long seed, params int[] shape)
    {
        var values = new float[shape.Aggregate(1, (product, side) => product * side)];
        CounterRandom.Normal(seed, RandomStream.Generator, 0, values);
        return new([.. shape], values);
    }

    public static torch.Tensor ToTorch(WeightTensor tensor) =>
        torch.tensor(tensor.Values, tensor.Shape.Select(side => (long)side).ToArray());

    public static float[] Values(torch.Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        return MemoryMarshal.Cast<byte, float>(tensor.detach().contiguous().bytes).ToArray();
    }

    /// <summary>The largest difference relative to the largest expected value.</summary>
    public static double RelativeDifference(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = 0,
            scale = 1e-12;
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(float.IsFinite(actual[i]), $"value {i} is {actual[i]}");
            largest = Math.Max(largest, Math.Abs((double)expected[i] - actual[i]));
            scale = Math.Max(scale, Math.Abs(expected[i]));
        }
        return largest / scale;
    }

    /// <summary>An image with shapes in it that depends on the number.</summary>
    public static Imaging.RgbImage Image(int number, int width, int height)
    {
        var image = new Imaging.RgbImage(width, height);
        var random = new CounterRandom(number, RandomStream.Pairing);
        double a = random.NextDouble() * 6,
            b = random.NextDouble() * 6,
            c = random.NextDouble() * 0.5 + 0.1;
        for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
        {
            int at = 3 * (y * width + x);
            image.Pixels[at] = (byte)(127 + 100 * Math.Sin(a + c * x));
            image.Pixels[at + 1] = (byte)(127 + 100 * Math.Cos(b + c * y));
            image.Pixels[at + 2] = (byte)(((x / 4 + y / 4 + number) & 1) * 200 + 20);
        }
        return image;
    }

    /// <summary>The image's negative: a target that can be learned.</summary>
    public static Imaging.RgbImage Negative(Imaging.RgbImage image) =>
        new(image.Width, image.Height, [.. image.Pixels.Select(value => (byte)(255 - value))]);

    /// <summary>Pairs of images and their negatives.</summary>
    public static ImagePairs Pairs(int count, int size) =>
        ImagePairs.FromImages([
            .. Enumerable.Range(0, count).Select(i => Image(i, size, size)).Select(image => (image, Negative(image))),
        ]);

    public static StateDict State(params (string Name, WeightTensor Tensor)[] tensors)
    {
        var state = new StateDict();
        foreach (var (name, tensor) in tensors)
            state[name] = tensor;
        return state;
    }
}
