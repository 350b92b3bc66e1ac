using Microsoft.ML;
using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// What the trainers on pairs have in common, with a discriminator (<see cref="Pix2PixTrainer.Options"/>) and without
/// (<see cref="RegressionTrainer.Options"/>).
/// </summary>
public interface IPairedOptions
{
    /// <summary>For the estimators: a view with the same columns to validate on.</summary>
    IDataView? ValidationSet { get; set; }

    /// <summary>The pairs to learn from, instead of <see cref="TrainingOptions.DataFolder"/>.</summary>
    ImagePairs? Pairs { get; set; }

    /// <summary>
    /// The pairs to validate on; null for the data folder's <c>val</c> or <c>test</c>, or a share of the training
    /// pairs.
    /// </summary>
    ImagePairs? ValidationPairs { get; set; }

    /// <summary>What the images of the data folder are.</summary>
    PairLayout Layout { get; set; }

    /// <summary>
    /// Weight of the total variation of the generated image: the mean absolute difference of neighbouring pixels. 0:
    /// none.
    /// </summary>
    double TotalVariationWeight { get; set; }

    /// <summary>
    /// Weight of the distance between VGG16's features of generated and target images (Johnson et al. 2016). 0: none.
    /// </summary>
    double PerceptualWeight { get; set; }

    /// <summary>
    /// A file with torchvision's VGG16 weights (safetensors or PyTorch): for <see cref="PerceptualWeight"/>, and for
    /// the encoder of a <c>vgg16-unet</c>.
    /// </summary>
    string? VggWeights { get; set; }

    /// <summary>Checks these values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; the message names it.</exception>
    internal void ValidatePaired()
    {
        TrainingOptions.Require(
            TotalVariationWeight >= 0,
            nameof(TotalVariationWeight),
            "0 or more",
            TotalVariationWeight
        );
        TrainingOptions.Require(PerceptualWeight >= 0, nameof(PerceptualWeight), "0 or more", PerceptualWeight);
        TrainingOptions.Require(
            PerceptualWeight == 0 || VggWeights is not null,
            nameof(VggWeights),
            "a file, because the perceptual weight is above 0",
            VggWeights
        );
    }
}
