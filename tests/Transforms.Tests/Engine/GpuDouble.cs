using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>
/// Stands for a GPU on machines without one: the CPU runs the models, but tensors are copied when a GPU would copy
/// them, and it can lack what a GPU may lack.
/// </summary>
internal sealed class GpuDouble : IModelRuntime
{
    /// <summary>Why no model runs on it.</summary>
    public string? WhyNoCuda { get; init; }

    /// <summary>Whether sessions cannot be opened on it.</summary>
    public bool RefusesSessions { get; init; }

    /// <summary>Runs of more pixels fail as if memory was short.</summary>
    public long MostPixels { get; init; } = long.MaxValue;

    /// <summary>Its free memory.</summary>
    public long? FreeMemory { get; init; }

    /// <summary>How its sessions were opened.</summary>
    public List<SessionSettings> Opened { get; } = [];

    /// <summary>The pixels of every run.</summary>
    public List<long> Runs { get; } = [];

    string? IModelRuntime.WhyNoCuda(int gpu) => WhyNoCuda;

    long? IModelRuntime.FreeMemory(int gpu) => FreeMemory;

    IModelSession IModelRuntime.Open(EngineModel model, SessionSettings settings)
    {
        Opened.Add(settings);
        if (settings.Gpu is not null && RefusesSessions)
            throw new InvalidOperationException("The model is too large for the card.");
        var session = OnnxRuntimeModels.Instance.Open(model, settings with { Gpu = null });
        return settings.Gpu is null ? session : new Session(this, model, session);
    }

    // The only way to one of these from outside of ONNX Runtime.
    private static OnnxRuntimeException Failure() =>
        Assert.ThrowsAny<OnnxRuntimeException>(() => new InferenceSession([1, 2, 3]));

    private sealed class Session(GpuDouble gpu, EngineModel model, IModelSession inner) : IModelSession
    {
        public string Provider => "CUDAExecutionProvider";

        public IRunBinding CreateBinding() => new Binding(gpu, model, inner);

        public IDisposableReadOnlyCollection<OrtValue> Run(
            IReadOnlyCollection<string> inputNames,
            IReadOnlyCollection<OrtValue> inputs,
            IReadOnlyCollection<string> outputNames
        ) => inner.Run(inputNames, inputs, outputNames);

        public void Dispose() => inner.Dispose();
    }

    private sealed class Binding(GpuDouble gpu, EngineModel model, IModelSession inner) : IRunBinding
    {
        private byte[] _pixels = [];
        private long[] _shape = [];
        private OrtValue? _output;

        public void BindInput(OrtValue pixels)
        {
            _pixels = pixels.GetTensorDataAsSpan<byte>().ToArray();
            _shape = pixels.GetTensorTypeAndShape().Shape;
        }

        public void BindOutput(OrtValue pixels) => _output = pixels;

        public void Run()
        {
            long count = _shape[0] * _shape[1] * _shape[2];
            lock (gpu.Runs)
                gpu.Runs.Add(count);
            if (count > gpu.MostPixels)
                throw Failure();
            using var input = OrtValue.CreateTensorValueFromMemory(_pixels, _shape);
            using var outputs = inner.Run([model.InputName], [input], [model.OutputName]);
            outputs[0].GetTensorDataAsSpan<byte>().CopyTo(_output!.GetTensorMutableDataAsSpan<byte>());
        }

        public void Dispose() { }
    }
}
