namespace MlNetImageTranslation.Transforms;

/// <summary>Where a model runs.</summary>
public enum TranslationDevice
{
    /// <summary>CUDA where it is there and works, else the CPU.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU; its absence is an error unless falling back to the CPU is allowed.</summary>
    Cuda,
}
