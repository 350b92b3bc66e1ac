using System.Text.Json.Serialization;
using Microsoft.ML;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

public sealed partial class Pix2PixTrainer
{
    /// <summary>How pix2pix is trained. The defaults are the paper's.</summary>
    public sealed class Options : GanOptions, IPairedOptions
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public IDataView? ValidationSet { get; set; }

        /// <inheritdoc/>
        [JsonIgnore]
        public ImagePairs? Pairs { get; set; }

        /// <inheritdoc/>
        [JsonIgnore]
        public ImagePairs? ValidationPairs { get; set; }

        /// <inheritdoc/>
        public PairLayout Layout { get; set; }

        /// <inheritdoc/>
        public double TotalVariationWeight { get; set; }

        /// <inheritdoc/>
        public double PerceptualWeight { get; set; }

        /// <inheritdoc/>
        public string? VggWeights { get; set; }

        /// <summary>Weight of the L1 distance to the target (<c>--lambda_L1</c>).</summary>
        public double L1Weight = 100;

        /// <summary>
        /// Weight of the distance between the discriminator's inner features of generated and target images (pix2pixHD:
        /// 10). 0: none.
        /// </summary>
        public double FeatureMatchingWeight;

        /// <summary>
        /// Whether the discriminator learns from real and generated images in two updates, real first, as the Keras
        /// tutorial does.
        /// </summary>
        public bool SeparateDiscriminatorUpdates;

        /// <summary>
        /// Whether the generator's update makes a forward pass of its own with fresh dropout, as the Keras tutorial
        /// does.
        /// </summary>
        public bool SecondGeneratorPass;

        /// <summary>
        /// A file with the discriminator's initial weights: ours, or a checkpoint that <see cref="CheckpointImporter"/>
        /// reads.
        /// </summary>
        public string? InitialDiscriminator;

        /// <inheritdoc/>
        public override void Validate()
        {
            base.Validate();
            ((IPairedOptions)this).ValidatePaired();
            Require(L1Weight >= 0, nameof(L1Weight), "0 or more", L1Weight);
            Require(FeatureMatchingWeight >= 0, nameof(FeatureMatchingWeight), "0 or more", FeatureMatchingWeight);
        }
    }
}
