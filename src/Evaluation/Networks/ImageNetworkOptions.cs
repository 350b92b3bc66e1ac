using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Evaluation;

/// <summary>
/// How an ONNX file that looks at images (features, segmentation) is fed. Floats: value = (p / 255 in
/// <see cref="Range"/> - Mean) / Std.
/// </summary>
public sealed record ImageNetworkOptions
{
    /// <summary>The ONNX file.</summary>
    public required string ModelFile { get; init; }

    /// <summary>
    /// The size that images are resized to; null means the file's own, where that is fixed, else the images' own.
    /// </summary>
    public ImageSize? Size { get; init; }

    /// <summary>
    /// The filter of that resizing (antialiased, Pillow's). Distances compare only within one filter: see Parmar et al.
    /// 2022.
    /// </summary>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bicubic;

    /// <summary>What black and white are to a float input. Byte inputs get the bytes.</summary>
    public PixelRange Range { get; init; } = PixelRange.ZeroToOne;

    /// <summary>The order of the input's dimensions; null finds it from the file.</summary>
    public PixelLayout? Layout { get; init; }

    /// <summary>The order of the channels.</summary>
    public ColorOrder ColorOrder { get; init; } = ColorOrder.Rgb;

    /// <summary>Three numbers (or one for all) that are subtracted, in the order of the channels.</summary>
    public IReadOnlyList<float>? Mean { get; init; }

    /// <summary>Three numbers (or one for all) that divide.</summary>
    public IReadOnlyList<float>? Std { get; init; }

    /// <summary>The output to read; null means the first.</summary>
    public string? OutputName { get; init; }

    /// <summary>Images a run, where the file's batch is free.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>Where it runs.</summary>
    public TranslationDevice Device { get; init; } = TranslationDevice.Auto;

    /// <summary>The GPU's number.</summary>
    public int GpuDeviceId { get; init; }
}
