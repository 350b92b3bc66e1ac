namespace MlNetImageTranslation.Transforms;

/// <summary>Which device runs a model.</summary>
/// <param name="Device">What was asked for.</param>
/// <param name="GpuDeviceId">The GPU's number; a number with <see cref="TranslationDevice.Auto"/> asks for
/// CUDA.</param>
/// <param name="FallbackToCpu">Whether the CPU will do where CUDA was asked for.</param>
internal readonly record struct DeviceChoice(TranslationDevice Device, int? GpuDeviceId, bool FallbackToCpu)
{
    /// <summary>The GPU that is used, if one is.</summary>
    public int Gpu => GpuDeviceId ?? 0;

    private bool IsCudaAskedFor =>
        Device == TranslationDevice.Cuda || (Device == TranslationDevice.Auto && GpuDeviceId is not null);

    /// <summary>
    /// Opens something on the GPU where one is asked for or there, else on the CPU (<paramref name="open"/> gets null).
    /// </summary>
    /// <exception cref="CudaNotUsableException">CUDA was asked for, does not work, and the CPU is not
    /// allowed.</exception>
    public T Open<T>(IModelRuntime runtime, Func<int?, T> open)
    {
        if (Device == TranslationDevice.Cpu)
            return open(null);
        bool mayUseCpu = !IsCudaAskedFor || FallbackToCpu;
        if (runtime.WhyNoCuda(Gpu) is { } why)
            return mayUseCpu
                ? open(null)
                : throw new CudaNotUsableException(
                    $"CUDA device {Gpu} was asked for but cannot be used: {why}. Allow the CPU by "
                        + $"{nameof(TranslationEngineOptions.FallbackToCpu)} = true or "
                        + $"{nameof(TranslationEngineOptions.Device)} = {TranslationDevice.Cpu}."
                );
        try
        {
            return open(Gpu);
        }
        catch (InvalidOperationException) when (mayUseCpu)
        {
            // It may be too large for the card. Where the model is at fault, the CPU refuses it too and says why.
            return open(null);
        }
    }
}
