using Microsoft.ML.Transforms.Onnx;

namespace Microsoft.ML;

public static class OnnxCatalog
{
    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => Create(catalog, [], [], modelFile, null, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, Stream modelBytes, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => Create(catalog, [], [], modelBytes, null, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string modelFile, IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => Create(catalog, [], [], modelFile, shapeDictionary, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, Stream modelBytes, IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => Create(catalog, [], [], modelBytes, shapeDictionary, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => Create(catalog, [outputColumnName], [inputColumnName], modelFile, null, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string outputColumnName, string inputColumnName, Stream modelBytes, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => Create(catalog, [outputColumnName], [inputColumnName], modelBytes, null, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile, IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => Create(catalog, [outputColumnName], [inputColumnName], modelFile, shapeDictionary, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string outputColumnName, string inputColumnName, Stream modelBytes, IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => Create(catalog, [outputColumnName], [inputColumnName], modelBytes, shapeDictionary, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => Create(catalog, outputColumnNames, inputColumnNames, modelFile, null, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, Stream modelBytes, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => Create(catalog, outputColumnNames, inputColumnNames, modelBytes, null, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, string modelFile, IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => Create(catalog, outputColumnNames, inputColumnNames, modelFile, shapeDictionary, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, string modelFile, IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false, int recursionLimit = 100)
        => Create(catalog, outputColumnNames, inputColumnNames, modelFile, shapeDictionary, gpuDeviceId, fallbackToCpu, recursionLimit);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, Stream modelBytes, IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => Create(catalog, outputColumnNames, inputColumnNames, modelBytes, shapeDictionary, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, Stream modelBytes, IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false, int recursionLimit = 100)
        => Create(catalog, outputColumnNames, inputColumnNames, modelBytes, shapeDictionary, gpuDeviceId, fallbackToCpu, recursionLimit);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, OnnxOptions options)
    {
        var (device, fallback) = DeviceOf(catalog, options.GpuDeviceId, options.FallbackToCpu);
        return new OnnxScoringEstimator(catalog.Environment, new OnnxScoring(options.OutputColumns, options.InputColumns, options.ShapeDictionary, device, fallback)
        {
            ModelFile = options.ModelFile,
            RecursionLimit = options.RecursionLimit,
            InterOpNumThreads = options.InterOpNumThreads,
            IntraOpNumThreads = options.IntraOpNumThreads,
        });
    }

    private static OnnxScoringEstimator Create(TransformsCatalog catalog, string[] outputs, string[] inputs, string modelFile,
        IDictionary<string, int[]> shapes, int? gpuDeviceId, bool fallbackToCpu, int recursionLimit = 100)
    {
        var (device, fallback) = DeviceOf(catalog, gpuDeviceId, fallbackToCpu);
        return new OnnxScoringEstimator(catalog.Environment, new OnnxScoring(outputs, inputs, shapes, device, fallback) { ModelFile = modelFile, RecursionLimit = recursionLimit });
    }

    private static OnnxScoringEstimator Create(TransformsCatalog catalog, string[] outputs, string[] inputs, Stream modelBytes,
        IDictionary<string, int[]> shapes, int? gpuDeviceId, bool fallbackToCpu, int recursionLimit = 100)
    {
        var (device, fallback) = DeviceOf(catalog, gpuDeviceId, fallbackToCpu);
        return new OnnxScoringEstimator(catalog.Environment, new OnnxScoring(outputs, inputs, shapes, device, fallback) { ModelStream = modelBytes, RecursionLimit = recursionLimit });
    }

    // The context's device counts where the call names none.
    private static (int? Device, bool Fallback) DeviceOf(TransformsCatalog catalog, int? gpuDeviceId, bool fallbackToCpu)
        => gpuDeviceId == null && catalog.Environment.GpuDeviceId is { } device ? (device, catalog.Environment.FallbackToCpu) : (gpuDeviceId, fallbackToCpu);
}
