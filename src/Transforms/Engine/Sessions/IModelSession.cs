using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Transforms;

/// <summary>A model that is ready to run. Safe to use from many threads.</summary>
internal interface IModelSession : IDisposable
{
    /// <summary>ONNX Runtime's name of what runs the model.</summary>
    string Provider { get; }

    /// <summary>A place for the tensors of one run at a time.</summary>
    IRunBinding CreateBinding();

    /// <summary>Runs the model once; the outputs lie in the host's memory.</summary>
    /// <exception cref="OnnxRuntimeException">The run failed.</exception>
    IDisposableReadOnlyCollection<OrtValue> Run(
        IReadOnlyCollection<string> inputNames,
        IReadOnlyCollection<OrtValue> inputs,
        IReadOnlyCollection<string> outputNames
    );
}
