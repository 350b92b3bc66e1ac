using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

/// <summary>A model in the form that a GPU runs without the CPU's help.</summary>
internal static class CudaForm
{
    /// <summary>The settings with the rewritten model, or as they are where there is nothing to rewrite.</summary>
    public static SessionSettings Of(EngineModel model, SessionSettings settings)
    {
        try
        {
            using var bytes = model.OpenRunnable(settings.Content);
            return ModelRewriter.ForCuda(bytes.Span) is { } content ? settings with { Content = content } : settings;
        }
        catch (Exception exception) when (exception is FormatException or OutOfMemoryException)
        {
            return settings;
        }
    }
}
