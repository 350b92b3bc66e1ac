using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>What convolutions of our own compute with: float32 on the CPU.</summary>
internal static class CpuFloats
{
    /// <summary>Whether a tensor has them.</summary>
    public static bool Are(Tensor x) => x.device_type == DeviceType.CPU && x.dtype == torch.ScalarType.Float32;
}
