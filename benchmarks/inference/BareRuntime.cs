using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Benchmarks.Inference;

/// <summary>The peer: ONNX Runtime alone, on a tensor that is there already, its result left where it is.</summary>
internal sealed class BareRuntime : IDisposable
{
    private readonly InferenceSession _session;
    private readonly int _callers;
    private readonly byte[] _image;
    private readonly long[] _shape;

    public BareRuntime(string model, int callers, int threads, int batch, int side, bool cuda)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        if (cuda)
        {
            options.AppendExecutionProvider_CUDA(0);
        }
        (_session, _callers) = (new(model, options), callers);
        (_image, _shape) = (new byte[batch * side * side * 3], [batch, side, side, 3]);
        new Random(1).NextBytes(_image);
    }

    public void Run(int images) =>
        Parallel.For(
            0,
            _callers,
            new ParallelOptions { MaxDegreeOfParallelism = _callers },
            caller =>
            {
                using var input = OrtValue.CreateTensorValueFromMemory(_image, _shape);
                using var run = new RunOptions();
                int runs = images / (int)_shape[0] / _callers;
                for (int i = 0; i < runs; i++)
                {
                    using var outputs = _session.Run(run, ["image"], [input], ["translated"]);
                }
            }
        );

    public void Dispose() => _session.Dispose();
}
