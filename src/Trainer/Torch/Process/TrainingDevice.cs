using MlNetImageTranslation.Transforms;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>Where a run computes.</summary>
internal static class TrainingDevice
{
    /// <summary>The device that the options ask for.</summary>
    /// <param name="options">Device, GpuDeviceId and FallbackToCpu.</param>
    /// <param name="warn">Told where the CPU does the work of a GPU that is not there.</param>
    /// <exception cref="InvalidOperationException">A GPU was asked for, libtorch finds none of that number, and the CPU
    /// may not do its work.</exception>
    public static Device Resolve(TrainingOptions options, Action<string>? warn = null)
    {
        TorchLibrary.EnsureLoaded();
        if (options.Device == TranslationDevice.Cpu)
            return new(DeviceType.CPU);
        int count = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        int number = options.GpuDeviceId ?? 0;
        if (number < count)
            return new(DeviceType.CUDA, number);
        bool asked = options.Device == TranslationDevice.Cuda || options.GpuDeviceId is not null;
        if (!asked)
            return new(DeviceType.CPU);
        string problem =
            count == 0
                ? $"CUDA device {number} was asked for, but libtorch finds no CUDA device."
                : $"CUDA device {number} was asked for, but libtorch finds {count}, numbered from 0.";
        if (options.FallbackToCpu != true)
            throw new InvalidOperationException(
                $"{problem} Install the CUDA variant of libtorch and the driver, set Device to Cpu, or set FallbackToCpu "
                    + "to let the CPU do the work."
            );
        warn?.Invoke($"{problem} The run is on the CPU.");
        return new(DeviceType.CPU);
    }
}
