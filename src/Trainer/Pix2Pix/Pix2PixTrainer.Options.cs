using System.Text.Json.Serialization;
using Microsoft.ML;

namespace MlNetImageTranslation.Trainer;

public sealed partial class Pix2PixTrainer
{
    /// <summary>How pix2pix is trained. The defaults are the paper's.</summary>
    public sealed class Options : GanOptions
    {
        /// <summary>The ML.NET column with source pictures, for the estimator.</summary>
        [JsonIgnore]
        public string SourceColumnName = "Source";

        /// <summary>The ML.NET column with target pictures, for the estimator.</summary>
        [JsonIgnore]
        public string TargetColumnName = "Target";

        /// <summary>The ML.NET column that the trained transformer writes; null for the source column's name.</summary>
        [JsonIgnore]
        public string? OutputColumnName;

        /// <summary>For the estimator: a view with the same columns to validate on.</summary>
        [JsonIgnore]
        public IDataView? ValidationSet;

        /// <summary>The pairs to learn from, instead of <see cref="TrainingOptions.DataFolder"/>.</summary>
        [JsonIgnore]
        public PicturePairs? Pairs;

        /// <summary>The pairs to validate on; null for the data folder's <c>val</c> or <c>test</c>, or a share of the training pairs.</summary>
        [JsonIgnore]
        public PicturePairs? ValidationPairs;

        /// <summary>What the pictures of the data folder are.</summary>
        public PairLayout Layout = PairLayout.Aligned;

        /// <summary>Which picture of a pair is the source.</summary>
        public TranslationDirection Direction = TranslationDirection.AtoB;

        /// <summary>Weight of the L1 distance to the target (<c>--lambda_L1</c>).</summary>
        public double L1Weight = 100;

        /// <summary>Weight of the total variation of the generated picture: the mean absolute difference of neighbouring pixels. 0: none.</summary>
        public double TotalVariationWeight;

        /// <summary>Weight of the distance between the discriminator's inner features of generated and target pictures (pix2pixHD: 10). 0: none.</summary>
        public double FeatureMatchingWeight;

        /// <summary>Weight of the distance between VGG16's features of generated and target pictures (Johnson et al. 2016). 0: none.</summary>
        public double PerceptualWeight;

        /// <summary>A safetensors file with torchvision's VGG16 weights, for <see cref="PerceptualWeight"/>.</summary>
        public string? VggWeights;

        /// <summary>Whether the discriminator learns from real and generated pictures in two updates, real first, as the Keras tutorial does.</summary>
        public bool SeparateDiscriminatorUpdates;

        /// <summary>Whether the generator's update makes a forward pass of its own with fresh dropout, as the Keras tutorial does.</summary>
        public bool SecondGeneratorPass;

        /// <summary>A safetensors file with the generator's initial weights, under our names.</summary>
        public string? InitialGenerator;

        /// <summary>A safetensors file with the discriminator's initial weights, under our names.</summary>
        public string? InitialDiscriminator;

        /// <inheritdoc/>
        public override void Validate()
        {
            base.Validate();
            Require(L1Weight >= 0, nameof(L1Weight), "0 or more", L1Weight);
            Require(TotalVariationWeight >= 0, nameof(TotalVariationWeight), "0 or more", TotalVariationWeight);
            Require(FeatureMatchingWeight >= 0, nameof(FeatureMatchingWeight), "0 or more", FeatureMatchingWeight);
            Require(PerceptualWeight >= 0, nameof(PerceptualWeight), "0 or more", PerceptualWeight);
            Require(PerceptualWeight == 0 || VggWeights is not null, nameof(VggWeights), "a safetensors file, because the perceptual weight is above 0", VggWeights);
            Require(!string.IsNullOrEmpty(SourceColumnName), nameof(SourceColumnName), "a column name", SourceColumnName);
            Require(!string.IsNullOrEmpty(TargetColumnName), nameof(TargetColumnName), "a column name", TargetColumnName);
        }

        internal Options Copy() => (Options)MemberwiseClone();
    }
}
