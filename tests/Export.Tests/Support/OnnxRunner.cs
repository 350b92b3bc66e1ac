using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Export.Tests;

/// <summary>Runs a model file with one input and one output on ONNX Runtime.</summary>
internal sealed class OnnxRunner : IDisposable
{
    private readonly SessionOptions _options = new()
    {
        IntraOpNumThreads = 1,
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
    };
    private readonly RunOptions _run = new();

    public OnnxRunner(string path) => Session = new(path, _options);

    public InferenceSession Session { get; }

    public (TOut[] Values, long[] Shape) Run<TIn, TOut>(TIn[] values, params long[] shape)
        where TIn : unmanaged
        where TOut : unmanaged
    {
        using var input = OrtValue.CreateTensorValueFromMemory(values, shape);
        using var outputs = Session.Run(_run, Session.InputNames, [input], Session.OutputNames);
        return (outputs[0].GetTensorDataAsSpan<TOut>().ToArray(), outputs[0].GetTensorTypeAndShape().Shape);
    }

    public void Dispose()
    {
        Session.Dispose();
        _run.Dispose();
        _options.Dispose();
    }
}
