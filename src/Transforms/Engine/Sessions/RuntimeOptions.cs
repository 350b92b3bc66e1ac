using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Transforms;

/// <summary>ONNX Runtime's own options of a session.</summary>
internal static class RuntimeOptions
{
    /// <exception cref="OnnxRuntimeException">CUDA is not there.</exception>
    /// <exception cref="EntryPointNotFoundException">This build of ONNX Runtime knows no CUDA.</exception>
    public static SessionOptions For(SessionSettings settings)
    {
        var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            // What goes wrong comes as an exception; the runtime's own lines on standard error would say it twice.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            // The runtime keeps a memory plan for every input shape it meets: with images of many sizes that never
            // ends.
            EnableMemoryPattern = settings.OneSize,
        };
        try
        {
            if (settings.Gpu is { } gpu)
                AppendCuda(options, gpu, settings);
            else
            {
                options.IntraOpNumThreads = settings.Threads;
                options.InterOpNumThreads = 1;
                if (ConvolutionOperator.IsSupported)
                    ConvolutionOperator.AddTo(options);
            }
            return options;
        }
        catch
        {
            options.Dispose();
            throw;
        }
    }

    private static void AppendCuda(SessionOptions options, int gpu, SessionSettings settings)
    {
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(
            new Dictionary<string, string>
            {
                ["device_id"] = gpu.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["cudnn_conv_algo_search"] =
                    settings.ConvolutionSearch == ConvolutionSearch.Exhaustive ? "EXHAUSTIVE" : "HEURISTIC",
                ["use_tf32"] = settings.IsPrecise ? "0" : "1",
            }
        );
        options.AppendExecutionProvider_CUDA(cuda);
    }
}
