using System.Numerics;
using System.Text.Json.Serialization;
using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

public sealed partial class CoGanTrainer
{
    /// <summary>
    /// How CoGAN is trained. The defaults are those of the authors' code for PyTorch, with DCGAN's sizes of layers.
    /// </summary>
    public sealed class Options : TrainingOptions, IUnpairedData
    {
        /// <summary>The smallest side of images, in pixels.</summary>
        private const int SmallestSide = 16;

        /// <summary>The largest side of images, in pixels.</summary>
        private const int LargestSide = 256;

        /// <summary>64 images of 64x64 pixels in a step.</summary>
        public Options()
        {
            BatchSize = 64;
            LoadSize = 64;
            CropSize = 64;
        }

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

        /// <summary>Normal random numbers of which an image is made, 1 or more.</summary>
        public int NoiseSize { get; set; } = 100;

        /// <summary>Filters of the generators' layer before the last, 1 or more; the layers before it have up to eight
        /// times as many.</summary>
        public int GeneratorFilters { get; set; } = 64;

        /// <summary>
        /// Filters of the discriminators' first layer, 1 or more; the layers after it have up to eight times as many.
        /// </summary>
        public int DiscriminatorFilters { get; set; } = 64;

        /// <summary>Normalization of the generators; the discriminators have none.</summary>
        public NormalizationKind Norm { get; set; } = NormalizationKind.Batch;

        /// <summary>
        /// How many of the last layers each generator has of its own, 1 or more; the layers before them are tied.
        /// </summary>
        public int OwnGeneratorLayers { get; set; } = 1;

        /// <summary>
        /// How many of the first layers each discriminator has of its own, 1 or more; the layers after them are tied.
        /// </summary>
        public int OwnDiscriminatorLayers { get; set; } = 1;

        /// <summary>What logits are compared by: vanilla (the paper) or least squares.</summary>
        public AdversarialObjective Objective { get; set; } = AdversarialObjective.Vanilla;

        /// <summary>Steps of the search for the noise of an image, 1 or more.</summary>
        public int SearchSteps { get; set; } = 200;

        /// <summary>How many searches with different beginnings are made, 1 or more; the best counts.</summary>
        public int SearchStarts { get; set; } = 4;

        /// <summary>Adam's rate in the search.</summary>
        public double SearchRate { get; set; } = 0.05;

        TranslationDirection IUnpairedData.Direction => TranslationDirection.AtoB;

        bool IUnpairedData.TranslatesBothWays => true;

        /// <inheritdoc/>
        public override void Validate()
        {
            base.Validate();
            Require(
                CropSize.Width == CropSize.Height
                    && CropSize.Width is >= SmallestSide and <= LargestSide
                    && BitOperations.IsPow2(CropSize.Width),
                nameof(CropSize),
                $"a square whose side is a power of two from {SmallestSide} to {LargestSide}",
                CropSize
            );
            Require(
                AccumulationSteps == 1,
                nameof(AccumulationSteps),
                "1, as CoGAN learns from whole batches",
                AccumulationSteps
            );
            Require(
                TrainingSize is not null,
                nameof(Preprocess),
                "a mode that crops, as the generators make images of one size",
                Preprocess
            );
            RequireFilters(NoiseSize, nameof(NoiseSize));
            RequireFilters(GeneratorFilters, nameof(GeneratorFilters));
            RequireFilters(DiscriminatorFilters, nameof(DiscriminatorFilters));
            RequireKnown(Norm, nameof(Norm));
            int layers = CoGanNetworks.Layers(CropSize.Width);
            string own = FormattableString.Invariant($"1 to {layers - 1} of the {layers} layers");
            Require(
                OwnGeneratorLayers >= 1 && OwnGeneratorLayers < layers,
                nameof(OwnGeneratorLayers),
                own,
                OwnGeneratorLayers
            );
            Require(
                OwnDiscriminatorLayers >= 1 && OwnDiscriminatorLayers < layers,
                nameof(OwnDiscriminatorLayers),
                own,
                OwnDiscriminatorLayers
            );
            Require(
                Objective is AdversarialObjective.Vanilla or AdversarialObjective.LeastSquares,
                nameof(Objective),
                "Vanilla or LeastSquares",
                Objective
            );
            Require(SearchSteps >= 1, nameof(SearchSteps), "1 or more", SearchSteps);
            Require(SearchStarts >= 1, nameof(SearchStarts), "1 or more", SearchStarts);
            Require(
                SearchRate is > 0 and < double.PositiveInfinity,
                nameof(SearchRate),
                "a number above 0",
                SearchRate
            );
        }

        internal override TrainerKind Trainer => TrainerKind.CoGan;
    }
}
