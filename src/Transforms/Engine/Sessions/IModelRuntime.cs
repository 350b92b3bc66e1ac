namespace MlNetImageTranslation.Transforms;

/// <summary>What runs models: ONNX Runtime, and in tests what stands for a GPU.</summary>
internal interface IModelRuntime
{
    /// <summary>Why no model can run on that GPU, in a sentence without its full stop; null where models can.</summary>
    string? WhyNoCuda(int gpu);

    /// <summary>Bytes of memory that are free on a GPU; null where nobody says.</summary>
    long? FreeMemory(int gpu);

    /// <summary>Opens a model.</summary>
    /// <exception cref="InvalidOperationException">The runtime refuses the model or the device.</exception>
    IModelSession Open(EngineModel model, SessionSettings settings);
}
