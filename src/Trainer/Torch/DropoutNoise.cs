using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The random numbers by which a network's dropout chooses. On the CPU they come from a generator of the network's own,
/// so that other users of torch in the process change nothing. TorchSharp makes no generator for a GPU: there they come
/// from libtorch's own, which all networks share.
/// </summary>
internal sealed class DropoutNoise : IDisposable
{
    private readonly Action<long> _seedGpus;

    /// <summary>Noise for networks on a kind of device.</summary>
    /// <param name="device">The kind of device.</param>
    /// <param name="seedGpus">Seeds the generators of all GPUs; libtorch's own where null.</param>
    public DropoutNoise(DeviceType device, Action<long>? seedGpus = null)
    {
        Generator = device == DeviceType.CPU ? new torch.Generator() : null;
        // Not torch.manual_seed: TorchSharp's seeds the generator of the CPU only.
        _seedGpus = seedGpus ?? (seed => torch.cuda.manual_seed_all(seed));
    }

    /// <summary>The network's own generator; null on a GPU.</summary>
    public torch.Generator? Generator { get; }

    /// <summary>Fixes the numbers that come next.</summary>
    public void Seed(long seed)
    {
        if (Generator is null)
            _seedGpus(seed);
        else
            Generator.manual_seed(seed);
    }

    public void Dispose() => Generator?.Dispose();
}
