using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>Opens a session for the CPU, with the model rewritten for it where that pays.</summary>
internal static class CpuSession
{
    // The runtime takes the rewritten bytes once more while it reads them, and there may be a second session.
    private const int ShareOfFreeMemory = 8;

    /// <summary>The size of image that a model is rewritten for where it does not say its own.</summary>
    private static readonly ImageSize s_usualSize = new(256, 256);

    /// <param name="model">The model.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="bytes">Another form of the model; null for the one that is usually run.</param>
    /// <param name="open">Opens a session over bytes; null means the model as it is.</param>
    public static InferenceSession Open(
        EngineModel model,
        TranslationEngineOptions options,
        byte[]? bytes,
        Func<byte[]?, InferenceSession> open
    )
    {
        if (options.ConvolutionAlgorithm == ConvolutionAlgorithm.Direct || Rewrite(model, bytes) is not { } rewritten)
            return open(bytes);
        try
        {
            var session = open(rewritten.Bytes);
            model.AddedBytesPerPixel = rewritten.AddedBytesPerPixel;
            return session;
        }
        catch (Exception exception) when (exception is InvalidOperationException or OutOfMemoryException)
        {
            // The model as it is may do, and says better what is wrong where it does not.
            return open(bytes);
        }
    }

    private static CpuModel? Rewrite(EngineModel model, byte[]? bytes)
    {
        using var content = bytes is null ? model.OpenRunnable() : new OnnxBytes(bytes);
        try
        {
            return CpuModel.Rewrite(
                content.Span,
                model.FixedSize ?? model.TrainingSize ?? s_usualSize,
                FreeMemory() / ShareOfFreeMemory
            );
        }
        catch (Exception exception) when (exception is FormatException or OutOfMemoryException)
        {
            return null;
        }
    }

    private static long FreeMemory()
    {
        var memory = GC.GetGCMemoryInfo();
        return Math.Max(0, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes);
    }
}
