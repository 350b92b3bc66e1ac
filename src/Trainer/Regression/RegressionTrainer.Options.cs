using System.Text.Json.Serialization;
using Microsoft.ML;

namespace MlNetImageTranslation.Trainer;

public sealed partial class RegressionTrainer
{
    /// <summary>How a generator is trained without a discriminator.</summary>
    public sealed class Options : GeneratorOptions
    {
        /// <summary>Adam's usual decays, and dropout off.</summary>
        public Options() => (Beta1, Dropout) = (0.9, false);

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

        /// <summary>What is minimised, on the scale of [-1, 1].</summary>
        public ReconstructionLoss Loss = ReconstructionLoss.L1;

        /// <summary>Weight of one minus the structural similarity, beside <see cref="Loss"/>. 0: none.</summary>
        public double StructureWeight;

        /// <summary>Weight of the total variation of the generated picture. 0: none.</summary>
        public double TotalVariationWeight;

        /// <summary>Weight of the distance between VGG16's features of generated and target pictures. 0: none.</summary>
        public double PerceptualWeight;

        /// <summary>A file with torchvision's VGG16 weights: for the encoder of a <c>vgg16-unet</c>, and for <see cref="PerceptualWeight"/>.</summary>
        public string? VggWeights;

        /// <summary>Train the top blocks of a frozen encoder, too, after so many epochs; null: never.</summary>
        public int? UnfreezeAfterEpochs;

        /// <summary>How many blocks (between poolings) from the top are unfrozen then.</summary>
        public int UnfreezeBlocks = 1;

        /// <summary>The learning rate of unfrozen blocks, as a share of the rate of the others.</summary>
        public double UnfrozenRate = 0.1;

        /// <summary>A file with the generator's initial weights.</summary>
        public string? InitialGenerator;

        /// <inheritdoc/>
        public override void Validate()
        {
            base.Validate();
            Require(StructureWeight >= 0, nameof(StructureWeight), "0 or more", StructureWeight);
            Require(TotalVariationWeight >= 0, nameof(TotalVariationWeight), "0 or more", TotalVariationWeight);
            Require(PerceptualWeight >= 0, nameof(PerceptualWeight), "0 or more", PerceptualWeight);
            Require(PerceptualWeight == 0 || VggWeights is not null, nameof(VggWeights), "a file, because the perceptual weight is above 0", VggWeights);
            Require(UnfreezeAfterEpochs is null or >= 0, nameof(UnfreezeAfterEpochs), "0 or more", UnfreezeAfterEpochs);
            Require(UnfreezeBlocks >= 1, nameof(UnfreezeBlocks), "1 or more", UnfreezeBlocks);
            Require(UnfrozenRate > 0, nameof(UnfrozenRate), "a number above 0", UnfrozenRate);
            Require(!string.IsNullOrEmpty(SourceColumnName), nameof(SourceColumnName), "a column name", SourceColumnName);
            Require(!string.IsNullOrEmpty(TargetColumnName), nameof(TargetColumnName), "a column name", TargetColumnName);
        }

        internal Options Copy() => (Options)MemberwiseClone();
    }
}
