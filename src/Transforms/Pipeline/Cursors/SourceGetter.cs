using Microsoft.ML;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Reads what is translated in a row: the image and, where there is a column for it, the instance image.
/// </summary>
internal sealed class SourceGetter(DataViewRow row, TranslationBinding binding, bool keepAlpha)
{
    private readonly ImageGetter _image = new(row, binding.InputColumn, keepAlpha);

    private readonly ImageGetter? _instances = binding.InstanceColumn is { } column
        ? ImageGetter.OfInstances(row, column)
        : null;

    /// <summary>What the current row has; null where it has no image.</summary>
    /// <exception cref="IOException">The path of the row cannot be read.</exception>
    /// <exception cref="FormatException">The file is no image that can be decoded.</exception>
    public TranslationSource? Read() => _image.Read() is { } image ? new(image, _instances?.Read()) : null;
}
