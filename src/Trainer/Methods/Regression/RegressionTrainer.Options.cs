using System.Text.Json.Serialization;
using Microsoft.ML;
using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

public sealed partial class RegressionTrainer
{
    /// <summary>How a generator is trained without a discriminator.</summary>
    public sealed class Options : GeneratorOptions, IPairedOptions
    {
        /// <summary>Adam's usual decays, and dropout off.</summary>
        public Options() => (Beta1, Dropout) = (0.9, false);

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

        /// <summary>What is minimised, on the scale of [-1, 1].</summary>
        public ReconstructionLoss Loss = ReconstructionLoss.L1;

        /// <summary>Weight of one minus the structural similarity, beside <see cref="Loss"/>. 0: none.</summary>
        public double StructureWeight;

        /// <summary>Train the top blocks of a frozen encoder, too, after so many epochs; null: never.</summary>
        public int? UnfreezeAfterEpochs;

        /// <summary>How many blocks (between poolings) from the top are unfrozen then.</summary>
        public int UnfreezeBlocks = 1;

        /// <summary>The learning rate of unfrozen blocks, as a share of the rate of the others.</summary>
        public double UnfrozenRate = 0.1;

        /// <inheritdoc/>
        public override void Validate()
        {
            base.Validate();
            ((IPairedOptions)this).ValidatePaired();
            Require(StructureWeight >= 0, nameof(StructureWeight), "0 or more", StructureWeight);
            Require(UnfreezeAfterEpochs is null or >= 0, nameof(UnfreezeAfterEpochs), "0 or more", UnfreezeAfterEpochs);
            Require(UnfreezeBlocks >= 1, nameof(UnfreezeBlocks), "1 or more", UnfreezeBlocks);
            Require(UnfrozenRate > 0, nameof(UnfrozenRate), "a number above 0", UnfrozenRate);
        }
    }
}
