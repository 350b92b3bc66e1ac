using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Reads what is translated in a row: the image and, where there is a column for it, the instance image.
/// </summary>
internal sealed class SourceGetter
{
    private readonly Func<TranslationSource?> _read;

    private SourceGetter(Func<TranslationSource?> read) => _read = read;

    /// <summary>
    /// For rows that move on before the image is translated. ML.NET may dispose the images of a row then, and so may
    /// the user whose images they are; all buffers of the runtime may be in use. So images are copied, to RGB.
    /// </summary>
    /// <param name="row">The row or cursor to read from.</param>
    /// <param name="binding">Its columns.</param>
    /// <param name="keepAlpha">Whether images keep their alpha.</param>
    public static SourceGetter Ahead(DataViewRow row, TranslationBinding binding, bool keepAlpha)
    {
        var image = new ImageGetter(row, binding.InputColumn, keepAlpha);
        var instances = binding.InstanceColumn is { } column ? ImageGetter.OfInstances(row, column) : null;
        return new(() => image.Read() is { } read ? new(read, instances?.Read()) : null);
    }

    /// <summary>For rows that stay until the image is translated, which is read where it is.</summary>
    /// <inheritdoc cref="Ahead"/>
    public static SourceGetter InPlace(DataViewRow row, TranslationBinding binding, bool keepAlpha)
    {
        if (keepAlpha || binding.InstanceColumn is not null || binding.InputColumn.Type is not ImageDataViewType)
            return Ahead(row, binding, keepAlpha);
        var read = ImageGetter.Images(row, binding.InputColumn);
        return new(() => read() is { } image ? new(image) : null);
    }

    /// <summary>What the current row has; null where it has no image.</summary>
    /// <exception cref="IOException">The path of the row cannot be read.</exception>
    /// <exception cref="FormatException">The file is no image that can be decoded.</exception>
    public TranslationSource? Read() => _read();
}
