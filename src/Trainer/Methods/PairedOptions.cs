using System.Text.Json.Serialization;
using Microsoft.ML;
using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// What the trainers on pairs have in common, with a discriminator (<see cref="Pix2PixTrainer.Options"/>) and without
/// (<see cref="RegressionTrainer.Options"/>).
/// </summary>
public abstract class PairedOptions : GeneratorOptions
{
    /// <summary>For the estimators: a view with the same columns to validate on.</summary>
    [JsonIgnore]
    public IDataView? ValidationSet { get; set; }

    /// <summary>The pairs to learn from, instead of <see cref="TrainingOptions.DataFolder"/>.</summary>
    [JsonIgnore]
    public ImagePairs? Pairs { get; set; }

    /// <summary>
    /// The pairs to validate on; null for the data folder's <c>val</c> or <c>test</c>, or a share of the training
    /// pairs.
    /// </summary>
    [JsonIgnore]
    public ImagePairs? ValidationPairs { get; set; }

    /// <summary>What the images of the data folder are.</summary>
    public PairLayout Layout { get; set; }

    /// <summary>
    /// Weight of the total variation of the generated image: the mean absolute difference of neighbouring pixels. 0:
    /// none.
    /// </summary>
    public double TotalVariationWeight { get; set; }

    /// <summary>
    /// Weight of the distance between VGG16's features of generated and target images (Johnson et al. 2016). 0: none.
    /// </summary>
    public double PerceptualWeight { get; set; }

    /// <summary>
    /// A file with torchvision's VGG16 weights (safetensors or PyTorch): for <see cref="PerceptualWeight"/>, and for
    /// the encoder of a <c>vgg16-unet</c>.
    /// </summary>
    public string? VggWeights { get; set; }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RequireKnown(Layout, nameof(Layout));
        Require(
            TotalVariationWeight is >= 0 and < double.PositiveInfinity,
            nameof(TotalVariationWeight),
            "0 or more",
            TotalVariationWeight
        );
        Require(
            PerceptualWeight is >= 0 and < double.PositiveInfinity,
            nameof(PerceptualWeight),
            "0 or more",
            PerceptualWeight
        );
        Require(
            PerceptualWeight == 0 || VggWeights is not null,
            nameof(VggWeights),
            "a file, because the perceptual weight is above 0",
            VggWeights
        );
    }
}
