using System.Text.Json.Serialization;
using Microsoft.ML;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

public sealed partial class Pix2PixTrainer
{
    /// <summary>How pix2pix is trained. The defaults are the paper's.</summary>
    public sealed partial class Options : PairedOptions, IAdversarialOptions
    {
        /// <inheritdoc/>
        public string Discriminator { get; set; } = "patch";

        /// <inheritdoc/>
        public int DiscriminatorFilters { get; set; } = 64;

        /// <inheritdoc/>
        public int? DiscriminatorLayers { get; set; }

        /// <inheritdoc/>
        public int DiscriminatorScales { get; set; } = 1;

        /// <inheritdoc/>
        public AdversarialObjective Objective { get; set; }

        /// <inheritdoc/>
        public double GradientPenaltyWeight { get; set; } = 10;

        /// <inheritdoc/>
        public DiscriminatorAugmentation DiscriminatorAugmentation { get; set; }

        /// <inheritdoc/>
        [JsonIgnore]
        public NetworkGraph? DiscriminatorGraph { get; set; }

        /// <summary>Weight of the L1 distance to the target (<c>--lambda_L1</c>).</summary>
        public double L1Weight { get; set; } = 100;

        /// <summary>
        /// Weight of the distance between the discriminator's inner features of generated and target images, summed and
        /// averaged as pix2pixHD does, whose weight is 10. 0: none.
        /// </summary>
        public double FeatureMatchingWeight { get; set; }

        /// <summary>
        /// Whether the discriminator learns from real and generated images in two updates, real first, as the Keras
        /// tutorial does.
        /// </summary>
        public bool SeparateDiscriminatorUpdates { get; set; }

        /// <summary>
        /// Whether the generator's update makes a forward pass of its own with fresh dropout, as the Keras tutorial
        /// does.
        /// </summary>
        public bool SecondGeneratorPass { get; set; }

        /// <summary>
        /// A file with the discriminator's initial weights: ours, or a checkpoint that
        /// <see cref="NetworkFile.Import(string, ImportOptions?)"/> reads. Several scales of
        /// <see cref="NetworkCatalog.Pix2PixHdPatch"/> take theirs from pix2pixHD's names.
        /// </summary>
        public string? InitialDiscriminator { get; set; }

        /// <inheritdoc/>
        public override void Validate()
        {
            base.Validate();
            Discriminators.Validate(this);
            Require(L1Weight is >= 0 and < double.PositiveInfinity, nameof(L1Weight), "0 or more", L1Weight);
            Require(
                FeatureMatchingWeight is >= 0 and < double.PositiveInfinity,
                nameof(FeatureMatchingWeight),
                "0 or more",
                FeatureMatchingWeight
            );
            RequireNetworks(() =>
            {
                CreateGenerator(InputChannels, OutputChannels);
                Discriminators.Create(this, ConditionChannels + OutputChannels);
            });
        }

        internal override TrainerKind Trainer => TrainerKind.Pix2Pix;

        internal override void RestoreNetworks(IReadOnlyDictionary<string, NetworkGraph> recorded)
        {
            GeneratorGraph = OwnGraph(
                recorded.GetValueOrDefault("generator"),
                () => CreateGenerator(InputChannels, OutputChannels)
            );
            DiscriminatorGraph = OwnGraph(
                recorded.GetValueOrDefault("discriminator"),
                () => Discriminators.Create(this, ConditionChannels + OutputChannels)
            );
        }
    }
}
