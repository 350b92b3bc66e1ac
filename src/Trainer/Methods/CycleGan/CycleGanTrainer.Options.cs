using System.Text.Json.Serialization;
using Microsoft.ML;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Transforms;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

public sealed partial class CycleGanTrainer
{
    /// <summary>How CycleGAN is trained. The defaults are the paper's.</summary>
    public sealed class Options : GanOptions
    {
        /// <summary>The paper's choices.</summary>
        public Options() =>
            (Generator, Dropout, Norm, Objective) = (
                "resnet-9",
                false,
                NormalizationKind.Instance,
                AdversarialObjective.LeastSquares
            );

        /// <summary>
        /// For the estimator: the view whose <see cref="GeneratorOptions.TargetColumnName"/> has the target (B) images,
        /// and which <c>.Reverse</c> reads. Two sets of different length are not two columns.
        /// </summary>
        [JsonIgnore]
        public IDataView? TargetData;

        /// <summary>The column that <c>.Reverse</c> writes; null for the target column's name.</summary>
        [JsonIgnore]
        public string? ReverseOutputColumnName;

        /// <summary>
        /// The folder of An images, where there is no <see cref="TrainingOptions.DataFolder"/> with <c>trainA</c> and
        /// <c>trainB</c> in it.
        /// </summary>
        public string? SourceFolder;

        /// <summary>The folder of B images.</summary>
        public string? TargetFolder;

        /// <summary>The An images, instead of a folder.</summary>
        [JsonIgnore]
        public ImageSet? Sources;

        /// <summary>The B images, instead of a folder.</summary>
        [JsonIgnore]
        public ImageSet? Targets;

        /// <summary>Weight of the cycle A to B to A (<c>--lambda_A</c>).</summary>
        public double CycleWeightA = 10;

        /// <summary>Weight of the cycle B to A to B (<c>--lambda_B</c>).</summary>
        public double CycleWeightB = 10;

        /// <summary>
        /// Weight of the identity terms, as a share of the cycle weights (<c>--lambda_identity</c>). 0: none.
        /// </summary>
        public double IdentityWeight = 0.5;

        /// <summary>
        /// How many generated images of each kind are remembered for the discriminators; 0: none (<c>--pool_size</c>).
        /// </summary>
        public int PoolSize = 50;

        /// <summary>
        /// A file (ours, or a checkpoint that <see cref="CheckpointImporter"/> reads) with the initial weights of the
        /// generator from B to A.
        /// </summary>
        public string? InitialReverseGenerator;

        /// <summary>
        /// A file (ours, or a checkpoint that <see cref="CheckpointImporter"/> reads) with the initial weights of the
        /// discriminator of B images (the reference's D_A).
        /// </summary>
        public string? InitialDiscriminator;

        /// <summary>
        /// A file (ours, or a checkpoint that <see cref="CheckpointImporter"/> reads) with the initial weights of the
        /// discriminator of An images (the reference's D_B).
        /// </summary>
        public string? InitialReverseDiscriminator;

        /// <inheritdoc/>
        public override void Validate()
        {
            base.Validate();
            Require(CycleWeightA >= 0, nameof(CycleWeightA), "0 or more", CycleWeightA);
            Require(CycleWeightB >= 0, nameof(CycleWeightB), "0 or more", CycleWeightB);
            Require(IdentityWeight >= 0, nameof(IdentityWeight), "0 or more", IdentityWeight);
            Require(
                IdentityWeight == 0 || InputChannels == OutputChannels,
                nameof(IdentityWeight),
                "0 where the two kinds of images have different channels",
                IdentityWeight
            );
            Require(PoolSize >= 0, nameof(PoolSize), "0 or more", PoolSize);
        }
    }
}
