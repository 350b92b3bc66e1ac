namespace MlNetImageTranslation.Export;

/// <summary>What was given as an ONNX model is a checkpoint (of PyTorch, or safetensors), which has to be imported first.</summary>
public sealed class PyTorchCheckpointException : FormatException
{
    /// <summary>Makes the exception.</summary>
    public PyTorchCheckpointException(string message, Exception? inner = null)
        : base(message, inner) { }
}
