using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>How a trained generator becomes an ONNX file.</summary>
public sealed record ModelExportOptions
{
    /// <summary>What the file reads and writes.</summary>
    public ModelInterface Interface { get; init; } = ModelInterface.Uint8Nhwc;

    /// <summary>
    /// The only size that the file accepts; null: any multiple of the network's size multiple, where the network
    /// allows.
    /// </summary>
    public ImageSize? FixedSize { get; init; }

    /// <summary>
    /// Where batch norms take their statistics from; null: from the image for models trained at batch size 1, else from
    /// training.
    /// </summary>
    public NormalizationStatistics? NormStatistics { get; init; }

    /// <summary>
    /// Whether dropout stays on, as in the pix2pix paper; the model's answers then differ from run to run.
    /// </summary>
    public bool DropoutAtInference { get; init; }

    /// <summary>How weights are stored.</summary>
    public WeightPrecision Precision { get; init; }
}
