namespace MlNetImageTranslation.Transforms;

/// <summary>ONNX Runtime's names of what runs models.</summary>
internal static class ExecutionProviders
{
    public const string Cpu = "CPUExecutionProvider",
        Cuda = "CUDAExecutionProvider";
}
