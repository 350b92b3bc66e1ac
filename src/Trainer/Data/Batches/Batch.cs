using System.Buffers;
using System.Runtime.InteropServices;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>Some samples as planes of floats, made off the training thread.</summary>
internal sealed class Batch : IDisposable
{
    private readonly float[] _source,
        _target;
    private readonly long[] _sourceShape,
        _targetShape;

    public Batch(IReadOnlyList<Sample> samples, int sourceChannels, int targetChannels, int multiple)
    {
        foreach (var sample in samples)
            sample.CheckSize(multiple);
        Names = samples.Select(sample => sample.Name).ToArray();
        (_source, _sourceShape) = Fill(samples, sample => sample.Source, sourceChannels, sample => sample.Instances);
        (_target, _targetShape) = Fill(samples, sample => sample.Target, targetChannels, _ => null);
    }

    /// <summary>The samples' names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Copies the images to tensors [N, C, H, W] of the current dispose scope.</summary>
    public (Tensor Source, Tensor Target) ToTensors(Device device) =>
        (ToTensor(_source, _sourceShape, device), ToTensor(_target, _targetShape, device));

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_source);
        ArrayPool<float>.Shared.Return(_target);
    }

    private static (float[] Planes, long[] Shape) Fill(
        IReadOnlyList<Sample> samples,
        Func<Sample, RgbImage> side,
        int channels,
        Func<Sample, RgbImage?> second
    )
    {
        var first = side(samples[0]);
        int count = channels * first.Width * first.Height;
        var planes = ArrayPool<float>.Shared.Rent(count * samples.Count);
        for (int i = 0; i < samples.Count; i++)
        {
            var image = side(samples[i]);
            if ((image.Width, image.Height) != (first.Width, first.Height))
                throw new InvalidDataException(
                    $"A batch needs images of one size, but '{samples[0].Name}' is {first.Size} and "
                        + $"'{samples[i].Name}' is {image.Size}: use a preprocess mode with a crop, or steps of "
                        + $"one image."
                );
            ImageTensor.Write(image, second(samples[i]), channels, planes.AsSpan(i * count, count));
        }
        return (planes, [samples.Count, channels, first.Height, first.Width]);
    }

    private static Tensor ToTensor(float[] planes, long[] shape, Device device)
    {
        var tensor = torch.empty(shape, dtype: torch.ScalarType.Float32);
        var memory = MemoryMarshal.Cast<byte, float>(tensor.bytes);
        planes.AsSpan(0, memory.Length).CopyTo(memory);
        if (device.type == DeviceType.CPU)
            return tensor;
        // libtorch pins memory in the context of the current device, the first one, and would make one there for a run
        // on another GPU.
        if (device.index > 0)
            return tensor.to(device, disposeAfter: true);
        // From ordinary memory the copy would wait until the device has done the step before.
        using (tensor)
        using (var pinned = tensor.pin_memory())
            return pinned.to(device, non_blocking: true);
    }
}
