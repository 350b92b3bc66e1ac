using MlNetImageTranslation.Export;

namespace MlNetImageTranslation.Transforms;

/// <summary>Makes a model complete in itself before it is understood and rewritten.</summary>
internal static class ModelCompletion
{
    /// <summary>The complete model, or null where it is so already, or cannot be without its folder.</summary>
    /// <exception cref="InvalidOperationException">What belongs to it is missing, damaged, or not in its
    /// folder.</exception>
    /// <exception cref="NotSupportedException">It is too large.</exception>
    /// <exception cref="ArgumentException">It has more operators than the options allow.</exception>
    public static byte[]? Complete(
        OnnxModelInfo info,
        string name,
        string? file,
        byte[]? bytes,
        TranslationEngineOptions options
    )
    {
        if (!ModelRewriter.NeedsCompletion(info))
            return null;
        try
        {
            using var content = bytes is null ? new OnnxBytes(file!) : new OnnxBytes(bytes);
            return ModelRewriter.Complete(content.Span, file, options.MaxOperators);
        }
        catch (FormatException exception)
        {
            throw new InvalidOperationException($"{name} cannot be loaded: {exception.Message}", exception);
        }
        catch (OverflowException exception)
        {
            throw new NotSupportedException(
                $"{name} is too large: with its external values it would have 2 GiB or more in one piece.",
                exception
            );
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new ArgumentException(
                $"With its functions written out, {name} has more operators than {nameof(options.MaxOperators)} allows: "
                    + $"{options.MaxOperators}.",
                nameof(options.MaxOperators),
                exception
            );
        }
    }
}
