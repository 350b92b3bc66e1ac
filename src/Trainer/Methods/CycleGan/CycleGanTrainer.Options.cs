using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

public sealed partial class CycleGanTrainer
{
    /// <summary>How CycleGAN is trained. The defaults are the paper's.</summary>
    public sealed class Options : TwoWayOptions
    {
        /// <summary>Weight of the cycle A to B to A (<c>--lambda_A</c>).</summary>
        public double CycleWeightA { get; set; } = 10;

        /// <summary>Weight of the cycle B to A to B (<c>--lambda_B</c>).</summary>
        public double CycleWeightB { get; set; } = 10;

        /// <summary>
        /// Weight of the identity terms, as a share of the cycle weights (<c>--lambda_identity</c>). 0: none.
        /// </summary>
        public double IdentityWeight { get; set; } = 0.5;

        /// <summary>
        /// A file (ours, or a checkpoint that <see cref="NetworkFile.Import(string, ImportOptions?)"/> reads) with the
        /// initial weights of the discriminator of A images (the reference's D_B).
        /// </summary>
        public string? InitialReverseDiscriminator { get; set; }

        /// <inheritdoc/>
        public override void Validate()
        {
            base.Validate();
            Require(
                CycleWeightA is >= 0 and < double.PositiveInfinity,
                nameof(CycleWeightA),
                "0 or more",
                CycleWeightA
            );
            Require(
                CycleWeightB is >= 0 and < double.PositiveInfinity,
                nameof(CycleWeightB),
                "0 or more",
                CycleWeightB
            );
            Require(
                IdentityWeight is >= 0 and < double.PositiveInfinity,
                nameof(IdentityWeight),
                "0 or more",
                IdentityWeight
            );
            Require(
                IdentityWeight == 0 || InputChannels == OutputChannels,
                nameof(IdentityWeight),
                "0 where the two kinds of images have different channels",
                IdentityWeight
            );
            RequireNetworks(() =>
            {
                RequireEncoders(CreateGenerators());
                Discriminators.Create(this, InputChannels);
                Discriminators.Create(this, OutputChannels);
            });
        }

        internal override TrainerKind Trainer => TrainerKind.CycleGan;

        internal override void RestoreNetworks(IReadOnlyDictionary<string, NetworkGraph> recorded)
        {
            GeneratorGraph = OwnGraph(
                recorded.GetValueOrDefault("generator_ab"),
                () => CreateGenerator(InputChannels, OutputChannels)
            );
            DiscriminatorGraph = OwnGraph(
                recorded.GetValueOrDefault("discriminator_b"),
                () => Discriminators.Create(this, OutputChannels)
            );
        }

        /// <summary>
        /// The Keras tutorial at 128 pixels: its own networks (six residual blocks, instance and batch norm), identity
        /// at half the cycle weight, an image pool of 50, 100 epochs at one rate.
        /// </summary>
        public void UseKeras()
        {
            Generator = NetworkCatalog.KerasResNet6;
            GeneratorFilters = 32;
            Discriminator = NetworkCatalog.KerasCycleGanPatch;
            LoadSize = 128;
            CropSize = 128;
            Flip = false;
            Epsilon = 1e-7;
            Epochs = 100;
            DecayEpochs = 0;
            SampleEveryEpochs = 10;
            SnapshotEveryEpochs = 10;
        }
    }
}
