using System.Text.Json.Serialization;
using Microsoft.ML;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

public sealed partial class Pix2PixTrainer
{
    /// <summary>How pix2pix is trained. The defaults are the paper's.</summary>
    public sealed class Options : PairedOptions, IAdversarialOptions
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
                var generator = CreateGenerator(InputChannels, OutputChannels);
                // Runs of before trained behind an encoder as it happened to begin; they may go on.
                if (!Resume)
                    RequireEncoder(generator, nameof(VggWeights), VggWeights);
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

        /// <summary>
        /// Labels to facades (paper, section 6.2; reference scripts/train_pix2pix.sh): from the right image to the left
        /// one, 200 epochs.
        /// </summary>
        public void UseFacades() => Direction = TranslationDirection.BtoA;

        /// <summary>
        /// pix2pixHD with its global generator (Wang et al. 2018; its scripts/train_512p.sh): two discriminators, least
        /// squares, feature matching instead of L1, images of 1024x512. Labels and instances are options of their own,
        /// and so is the perceptual loss, which the reference takes from VGG19.
        /// </summary>
        public void UsePix2PixHd()
        {
            Generator = NetworkCatalog.Pix2PixHd;
            Discriminator = NetworkCatalog.Pix2PixHdPatch;
            Norm = NormalizationKind.Instance;
            DiscriminatorScales = 2;
            Objective = AdversarialObjective.LeastSquares;
            L1Weight = 0;
            FeatureMatchingWeight = 10;
            LoadSize = new(1024, 512);
            CropSize = new(1024, 512);
        }

        /// <summary>
        /// pix2pixHD with its local enhancer (its scripts/train_1024p_24G.sh): images of 2048x1024, three
        /// discriminators, 50 epochs at the full rate and 50 of decay.
        /// </summary>
        public void UsePix2PixHdLocal()
        {
            UsePix2PixHd();
            Generator = NetworkCatalog.Pix2PixHdLocal;
            GeneratorFilters = 32;
            DiscriminatorScales = 3;
            LoadSize = new(2048, 1024);
            CropSize = new(2048, 1024);
            Epochs = 50;
            DecayEpochs = 50;
        }

        /// <summary>
        /// The Keras tutorial: its own networks, pairs drawn with replacement, no jitter, two discriminator updates, a
        /// second generator pass, Adam's epsilon 1e-7, 100 epochs at one rate, grids of three images and a model every
        /// 10.
        /// </summary>
        public void UseKeras()
        {
            Generator = NetworkCatalog.KerasUNet256;
            Discriminator = NetworkCatalog.KerasPatch;
            LoadSize = 256;
            CropSize = 256;
            Flip = false;
            Order = SampleOrder.WithReplacement;
            SeparateDiscriminatorUpdates = true;
            SecondGeneratorPass = true;
            Epsilon = 1e-7;
            Epochs = 100;
            DecayEpochs = 0;
            SampleEveryEpochs = 10;
            SnapshotEveryEpochs = 10;
            SampleCount = 3;
        }
    }
}
