using System.Text.Json.Serialization;
using Microsoft.ML;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

public sealed partial class CycleGanTrainer
{
    /// <summary>How CycleGAN is trained. The defaults are the paper's.</summary>
    public sealed class Options : GeneratorOptions, IAdversarialOptions
    {
        /// <summary>The paper's choices.</summary>
        public Options() =>
            (Generator, Dropout, Norm, Objective) = (
                "resnet-9",
                false,
                NormalizationKind.Instance,
                AdversarialObjective.LeastSquares
            );

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
        [JsonIgnore]
        public NetworkGraph? DiscriminatorGraph { get; set; }

        /// <summary>
        /// For the estimator: the view whose <see cref="GeneratorOptions.TargetColumnName"/> has the target (B) images,
        /// and which <c>.Reverse</c> reads. Two sets of different length are not two columns.
        /// </summary>
        [JsonIgnore]
        public IDataView? TargetData { get; set; }

        /// <summary>The column that <c>.Reverse</c> writes; null for the target column's name.</summary>
        [NotRecorded]
        public string? ReverseOutputColumnName { get; set; }

        /// <summary>
        /// The folder of A images, where there is no <see cref="TrainingOptions.DataFolder"/> with <c>trainA</c> and
        /// <c>trainB</c> in it.
        /// </summary>
        public string? SourceFolder { get; set; }

        /// <summary>The folder of B images.</summary>
        public string? TargetFolder { get; set; }

        /// <summary>The A images, instead of a folder.</summary>
        [JsonIgnore]
        public ImageSet? Sources { get; set; }

        /// <summary>The B images, instead of a folder.</summary>
        [JsonIgnore]
        public ImageSet? Targets { get; set; }

        /// <summary>Weight of the cycle A to B to A (<c>--lambda_A</c>).</summary>
        public double CycleWeightA { get; set; } = 10;

        /// <summary>Weight of the cycle B to A to B (<c>--lambda_B</c>).</summary>
        public double CycleWeightB { get; set; } = 10;

        /// <summary>
        /// Weight of the identity terms, as a share of the cycle weights (<c>--lambda_identity</c>). 0: none.
        /// </summary>
        public double IdentityWeight { get; set; } = 0.5;

        /// <summary>
        /// How many generated images of each kind are remembered for the discriminators; 0: none (<c>--pool_size</c>).
        /// </summary>
        public int PoolSize { get; set; } = 50;

        /// <summary>
        /// A file (ours, or a checkpoint that <see cref="CheckpointImporter"/> reads) with the initial weights of the
        /// generator from B to A.
        /// </summary>
        public string? InitialReverseGenerator { get; set; }

        /// <summary>
        /// A file (ours, or a checkpoint that <see cref="CheckpointImporter"/> reads) with the initial weights of the
        /// discriminator of B images (the reference's D_A).
        /// </summary>
        public string? InitialDiscriminator { get; set; }

        /// <summary>
        /// A file (ours, or a checkpoint that <see cref="CheckpointImporter"/> reads) with the initial weights of the
        /// discriminator of A images (the reference's D_B).
        /// </summary>
        public string? InitialReverseDiscriminator { get; set; }

        /// <inheritdoc/>
        public override void Validate()
        {
            base.Validate();
            Discriminators.Validate(this);
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
            Require(PoolSize >= 0, nameof(PoolSize), "0 or more", PoolSize);
            RequireNetworks(() =>
            {
                CreateGenerator(InputChannels, OutputChannels);
                CreateGenerator(OutputChannels, InputChannels);
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
    }
}
