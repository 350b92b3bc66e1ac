using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Transforms;

/// <summary>The tensors of one run at a time.</summary>
internal interface IRunBinding : IDisposable
{
    /// <summary>
    /// Binds the input as it is now. Where the model runs on a GPU, this is when the pixels are copied there: what is
    /// written later is not seen.
    /// </summary>
    void BindInput(OrtValue pixels);

    /// <summary>Binds the tensor that <see cref="Run"/> fills.</summary>
    void BindOutput(OrtValue pixels);

    /// <summary>Runs the model and returns when the output is in the host's memory.</summary>
    /// <exception cref="OnnxRuntimeException">The run failed.</exception>
    void Run();
}
