using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Options of
/// <see cref="Microsoft.ML.ImageTranslationCatalog.TranslateImage(Microsoft.ML.TransformsCatalog, ImageTranslationOptions)"/>:
/// columns and model, and how the model is run.
/// </summary>
public sealed record ImageTranslationOptions : TranslationEngineOptions
{
    /// <summary>The name of the new column of images.</summary>
    public string OutputColumnName { get; set; } = "";

    /// <summary>The name of the column of images to translate; null means <see cref="OutputColumnName"/>.</summary>
    public string? InputColumnName { get; set; }

    /// <summary>
    /// The name of the column of instance images: images, paths or bytes of files, as in the input column; files may
    /// have ids of 16 bits. For models that read an instance image beside each label image
    /// (<see cref="TranslationEngine.ReadsInstances"/>); null for others.
    /// </summary>
    public string? InstanceColumnName { get; set; }

    /// <summary>The ONNX file of the generator.</summary>
    public string ModelFile { get; set; } = "";

    /// <summary>
    /// The one size for which Save writes the model where the input column has no size: what a saved pipeline of stock
    /// transformers resizes images to. Null means the model's only size, else its training size.
    /// </summary>
    public ImageSize? SavedSize { get; set; }

    /// <summary>
    /// Rows that a cursor holds: the one that it serves, and those that it has read ahead, whose images are being
    /// translated. Null means twice the batch size times the runs at a time, and up to 32 where the engine runs out of
    /// images. With 1, nothing is read ahead.
    /// </summary>
    public int? ReadAhead { get; set; }

    internal string Input => string.IsNullOrEmpty(InputColumnName) ? OutputColumnName : InputColumnName;

    /// <summary>The options as they are now, checked, with what the MLContext says of GPUs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value makes no sense; the parameter's name is the
    /// option's.</exception>
    internal ImageTranslationOptions Snapshot(HostAccess host)
    {
        var copy = (ImageTranslationOptions)Snapshot();
        if (string.IsNullOrWhiteSpace(copy.OutputColumnName))
            throw new ArgumentOutOfRangeException(
                nameof(OutputColumnName),
                copy.OutputColumnName,
                "The output column needs a name."
            );
        if (string.IsNullOrWhiteSpace(copy.ModelFile))
            throw new ArgumentOutOfRangeException(
                nameof(ModelFile),
                copy.ModelFile,
                "Expected the path of an ONNX file."
            );
        if (copy.ReadAhead is < 1)
            throw new ArgumentOutOfRangeException(nameof(ReadAhead), copy.ReadAhead, "Expected at least 1 row.");
        if (copy.SavedSize is { Height: < 1 } or { Width: < 1 })
            throw new ArgumentOutOfRangeException(
                nameof(SavedSize),
                copy.SavedSize,
                "Expected sides of at least 1 pixel."
            );
        if (copy.InstanceColumnName is { } instances && string.IsNullOrWhiteSpace(instances))
            throw new ArgumentOutOfRangeException(
                nameof(InstanceColumnName),
                instances,
                "Expected the name of a column, or null."
            );
        // The model is loaded again by every further Fit, whatever the working directory is then.
        copy.ModelFile = Path.GetFullPath(copy.ModelFile);
        copy.GpuDeviceId ??= host.GpuDeviceId;
        copy.FallbackToCpu ??= host.FallbackToCpu;
        return copy;
    }
}
