namespace MlNetImageTranslation.Transforms;

/// <summary>
/// CUDA was asked for, does not work, and the CPU is not allowed; the message says what is missing.
/// <see cref="TranslationEngineOptions.FallbackToCpu"/> allows the CPU.
/// </summary>
internal sealed class CudaNotUsableException : InvalidOperationException
{
    public CudaNotUsableException(string message)
        : base(message) { }
}
