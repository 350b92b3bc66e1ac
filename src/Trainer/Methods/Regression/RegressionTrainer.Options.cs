using System.Text.Json.Serialization;
using Microsoft.ML;

namespace MlNetImageTranslation.Trainer;

public sealed partial class RegressionTrainer
{
    /// <summary>How a generator is trained without a discriminator.</summary>
    public sealed class Options : PairedOptions
    {
        /// <summary>Adam's usual decays, and dropout off.</summary>
        public Options() => (Beta1, Dropout) = (0.9, false);

        /// <summary>What is minimised, on the scale of [-1, 1].</summary>
        public ReconstructionLoss Loss { get; set; } = ReconstructionLoss.L1;

        /// <summary>Weight of one minus the structural similarity, beside <see cref="Loss"/>. 0: none.</summary>
        public double StructureWeight { get; set; }

        /// <summary>Train the top blocks of a frozen encoder, too, after so many epochs; null: never.</summary>
        public int? UnfreezeAfterEpochs { get; set; }

        /// <summary>How many blocks (between poolings) from the top are unfrozen then.</summary>
        public int UnfreezeBlocks { get; set; } = 1;

        /// <summary>The learning rate of unfrozen blocks, as a share of the rate of the others.</summary>
        public double UnfrozenRate { get; set; } = 0.1;

        /// <inheritdoc/>
        public override void Validate()
        {
            base.Validate();
            RequireKnown(Loss, nameof(Loss));
            Require(
                StructureWeight is >= 0 and < double.PositiveInfinity,
                nameof(StructureWeight),
                "0 or more",
                StructureWeight
            );
            Require(UnfreezeAfterEpochs is null or >= 0, nameof(UnfreezeAfterEpochs), "0 or more", UnfreezeAfterEpochs);
            Require(UnfreezeBlocks >= 1, nameof(UnfreezeBlocks), "1 or more", UnfreezeBlocks);
            Require(
                UnfrozenRate is > 0 and < double.PositiveInfinity,
                nameof(UnfrozenRate),
                "a number above 0",
                UnfrozenRate
            );
            RequireNetworks(() =>
                RequireEncoder(CreateGenerator(InputChannels, OutputChannels), nameof(VggWeights), VggWeights)
            );
        }

        internal override TrainerKind Trainer => TrainerKind.Regression;

        internal override void RestoreNetworks(IReadOnlyDictionary<string, NetworkGraph> recorded) =>
            GeneratorGraph = OwnGraph(
                recorded.GetValueOrDefault("generator"),
                () => CreateGenerator(InputChannels, OutputChannels)
            );
    }
}
