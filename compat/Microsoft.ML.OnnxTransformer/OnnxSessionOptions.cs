using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Transforms.Onnx;

public sealed class OnnxSessionOptions
{
    public OrtLoggingLevel LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING;

    public delegate SessionOptions CreateOnnxSessionOptions();

    public bool EnableMemoryPattern { get; set; } = true;

    public string ProfileOutputPathPrefix { get; set; } = "onnxruntime_profile_";

    public bool EnableProfiling { get; set; }

    public string OptimizedModelFilePath { get; set; } = "";

    public bool EnableCpuMemArena { get; set; } = true;

    public bool PerSessionThreads { get; set; } = true;

    public int GlobalIntraOpNumThreads { get; set; }

    public int GlobalInterOpNumThreads { get; set; }

    public string LogId { get; set; } = "";

    public int LogVerbosityLevel { get; set; }

    public int IntraOpNumThreads { get; set; }

    public int InterOpNumThreads { get; set; }

    public GraphOptimizationLevel GraphOptimizationLevel { get; set; } = GraphOptimizationLevel.ORT_ENABLE_ALL;

    public ExecutionMode ExecutionMode { get; set; } = ExecutionMode.ORT_SEQUENTIAL;

    public CreateOnnxSessionOptions CreateSessionOptions { get; set; }

    internal void CopyTo(SessionOptions options)
    {
        options.EnableMemoryPattern = EnableMemoryPattern;
        options.ProfileOutputPathPrefix = ProfileOutputPathPrefix;
        options.EnableProfiling = EnableProfiling;
        options.OptimizedModelFilePath = OptimizedModelFilePath;
        options.EnableCpuMemArena = EnableCpuMemArena;
        if (!PerSessionThreads) options.DisablePerSessionThreads();
        options.LogId = LogId;
        options.LogSeverityLevel = LogSeverityLevel;
        options.LogVerbosityLevel = LogVerbosityLevel;
        options.InterOpNumThreads = InterOpNumThreads;
        options.IntraOpNumThreads = IntraOpNumThreads;
        options.GraphOptimizationLevel = GraphOptimizationLevel;
        options.ExecutionMode = ExecutionMode;
    }
}
