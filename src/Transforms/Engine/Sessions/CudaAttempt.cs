using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Whether CUDA really runs models on a GPU. That a session opens proves little: ONNX Runtime loads cuDNN when the
/// first convolution runs. So a model of one convolution is run.
/// </summary>
internal static class CudaAttempt
{
    private static readonly ConcurrentDictionary<int, bool> s_working = new();

    /// <summary>
    /// Why CUDA does not run models on that GPU, in a sentence without its full stop; null where it does. Success is
    /// remembered, failure is not: memory may be free again later.
    /// </summary>
    public static string? WhyNot(int gpu)
    {
        if (s_working.ContainsKey(gpu))
            return null;
        if (!OnnxRuntimeLibrary.HasCuda)
            return "this application's ONNX Runtime is built without CUDA (package Microsoft.ML.OnnxRuntime.Gpu has it)";
        // Asked first, so that ONNX Runtime does not complain on standard error where there is no GPU.
        if (CudaDriver.WhyNoDevice(gpu) is { } missing)
            return missing;
        if (WhyNot(() => RuntimeOptions.For(new(gpu, 1, OneSize: true, ConvolutionSearch.Heuristic))) is { } failure)
            return failure;
        s_working[gpu] = true;
        return null;
    }

    /// <summary>Why a convolution does not run with such options; null where it does.</summary>
    internal static string? WhyNot(Func<SessionOptions> open)
    {
        try
        {
            using var options = open();
            using var session = new InferenceSession(Convolution(), options);
            using var run = new RunOptions();
            using var input = OrtValue.CreateTensorValueFromMemory(new float[3 * 8 * 8], [1, 3, 8, 8]);
            using var outputs = session.Run(run, [session.InputNames[0]], [input], [session.OutputNames[0]]);
            // Reading the result waits for the device, so a failure that comes late is seen too.
            return outputs[0].GetTensorDataAsSpan<float>()[0] == 0
                ? null
                : "a convolution of zeros gives other numbers on it";
        }
        catch (Exception exception)
            when (exception is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
        {
            return $"a convolution does not run on it: {exception.Message.TrimEnd('.', ' ', '\n')}";
        }
    }

    private static byte[] Convolution()
    {
        var graph = new NetworkBuilder("probe", new TensorShape(3, 8, 8))
            .Convolution("conv", 3, 3, 1, new Padding(1, 1, 1, 1))
            .Build();
        var weights = new StateDict();
        foreach (var parameter in graph.Parameters)
        {
            int length = parameter.Shape.Aggregate(1, (product, side) => product * side);
            weights[parameter.Name] = new(parameter.Shape, new float[length]);
        }
        using var stream = new MemoryStream();
        OnnxExporter.Export(graph, weights, new() { Interface = ModelInterface.FloatNchw }, stream);
        return stream.ToArray();
    }
}
