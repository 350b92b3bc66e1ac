using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>What every overload of ApplyOnnxModel comes down to; the model is a file, a stream or bytes.</summary>
internal sealed record OnnxScoring(string[] Outputs, string[] Inputs, IDictionary<string, int[]> Shapes, int? GpuDeviceId, bool FallbackToCpu)
{
    public string ModelFile { get; init; }

    public Stream ModelStream { get; init; }

    public byte[] ModelBytes { get; init; }

    public int RecursionLimit { get; init; } = 100;

    public int? InterOpNumThreads { get; init; }

    public int? IntraOpNumThreads { get; init; }
}
