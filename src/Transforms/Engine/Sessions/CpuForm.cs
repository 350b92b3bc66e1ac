using MlNetImageTranslation.Export;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>Opens a model on the CPU, rewritten for it where that pays.</summary>
internal static class CpuForm
{
    // The runtime takes the rewritten bytes once more while it reads them, and there may be a second session.
    private const int ShareOfFreeMemory = 8;

    // The size that a model is rewritten for where it does not say its own.
    private static readonly ImageSize s_usualSize = new(256, 256);

    /// <summary>Opens the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="content">Another form of it; null for the one that is usually run.</param>
    /// <param name="threads">CPU threads of a run.</param>
    /// <param name="open">Opens a form; null means the model's own.</param>
    /// <returns>The session, and the memory that a run takes beyond the usual, in bytes for each pixel.</returns>
    /// <exception cref="InvalidOperationException">The model is refused.</exception>
    public static (IModelSession Session, long AddedBytesPerPixel) Open(
        EngineModel model,
        byte[]? content,
        int threads,
        Func<byte[]?, IModelSession> open
    )
    {
        if (Rewrite(model, content, threads, out long addedBytesPerPixel) is not { } rewritten)
            return (open(content), 0);
        try
        {
            return (open(rewritten), addedBytesPerPixel);
        }
        catch (Exception exception) when (exception is InvalidOperationException or OutOfMemoryException)
        {
            // The model as it is may do, and says better what is wrong where it does not.
            return (open(content), 0);
        }
    }

    private static byte[]? Rewrite(EngineModel model, byte[]? content, int threads, out long addedBytesPerPixel)
    {
        addedBytesPerPixel = 0;
        try
        {
            using var bytes = model.OpenRunnable(content);
            return ModelRewriter.ForCpu(
                bytes.Span,
                model.FixedSize ?? model.TrainingSize ?? s_usualSize,
                FreeMemory() / ShareOfFreeMemory,
                threads,
                ConvolutionOperator.IsSupported,
                out addedBytesPerPixel
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
