using MlNetImageTranslation.Transforms;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>Where a run computes.</summary>
internal static class TrainingDevice
{
    /// <summary>The device that the options ask for.</summary>
    /// <exception cref="InvalidOperationException">CUDA was asked for and libtorch finds none, or not that
    /// many.</exception>
    public static Device Resolve(TrainingOptions options)
    {
        // Here, because nothing of a run touches libtorch before it.
        ThreadWaiting.Shorten();
        TorchLibrary.EnsureLoaded();
        bool available = options.Device != TranslationDevice.Cpu && torch.cuda.is_available();
        if (options.Device == TranslationDevice.Cuda && !available)
            throw new InvalidOperationException(
                "Device is Cuda, but libtorch finds no CUDA device. Use Device = Auto or Cpu, or install the CUDA "
                    + "variant of libtorch; `imt doctor` says what is there."
            );
        if (!available)
            return new(DeviceType.CPU);
        int count = torch.cuda.device_count();
        return options.GpuDeviceId >= 0 && options.GpuDeviceId < count
            ? new(DeviceType.CUDA, options.GpuDeviceId)
            : throw new InvalidOperationException(
                $"GpuDeviceId is {options.GpuDeviceId}, but libtorch finds {count} CUDA devices, numbered from 0."
            );
    }
}
