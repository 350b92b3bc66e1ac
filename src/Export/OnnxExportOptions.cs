using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export;

/// <summary>How a network is written as ONNX.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>
    /// What the model reads and writes; networks that do not map images to images (discriminators) have the float
    /// interface only.
    /// </summary>
    public ModelInterface Interface { get; init; } = ModelInterface.Uint8Nhwc;

    /// <summary>
    /// The only image size that the file accepts; null leaves height and width free where the network allows.
    /// </summary>
    public ImageSize? FixedSize { get; init; }

    /// <summary>
    /// The size of the training images, for the card; null takes what is known of the training, else the size for
    /// which the network was designed.
    /// </summary>
    public ImageSize? TrainingSize { get; init; }

    /// <summary>
    /// Where batch norms take their statistics from; null decides by <see cref="OnnxExporter.DefaultNormStatistics"/>.
    /// </summary>
    public NormalizationStatistics? NormStatistics { get; init; }

    /// <summary>
    /// Whether dropout stays on, as in the pix2pix paper's test runs (section 3.3). Every run of the model then gives
    /// another image: the mask is drawn by ONNX's RandomUniformLike from the runtime's own generator.
    /// </summary>
    public bool DropoutAtInference { get; init; }

    /// <summary>
    /// How convolution weights are stored. <see cref="WeightPrecision.Float16"/> halves the file; the runtime widens
    /// them once at load and computes in float32. The 8-bit images stay above
    /// <see cref="OnnxExporter.Float16MinimumPsnr"/> dB of PSNR against those of the float32 file.
    /// </summary>
    public WeightPrecision Precision { get; init; }

    /// <summary>Where the weights come from, for the card; null takes what is known of the training.</summary>
    public ModelProvenance? Provenance { get; init; }
}
