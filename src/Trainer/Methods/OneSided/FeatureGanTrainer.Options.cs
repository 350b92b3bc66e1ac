namespace MlNetImageTranslation.Trainer;

public sealed partial class FeatureGanTrainer
{
    /// <summary>How a generator is trained by a feature loss and a GAN.</summary>
    public sealed class Options : OneSidedOptions
    {
        /// <summary>CycleGAN's choices, which its authors gave to all methods that they compare.</summary>
        public Options() => PoolSize = 50;

        /// <summary>
        /// Weight of the mean absolute difference of VGG16's features of output and input after relu4_2.
        /// </summary>
        public double FeatureWeight { get; set; } = 1;

        /// <summary>A file with torchvision's VGG16 weights (safetensors or PyTorch).</summary>
        public string? VggWeights { get; set; }

        internal override TrainerKind Trainer => TrainerKind.FeatureGan;

        /// <inheritdoc/>
        public override void Validate()
        {
            RequireWeight(FeatureWeight, nameof(FeatureWeight));
            Require(
                !string.IsNullOrEmpty(VggWeights),
                nameof(VggWeights),
                "a file with torchvision's VGG16 weights",
                VggWeights
            );
            base.Validate();
        }

        internal override ContentTie CreateTie(TorchNetwork generator) =>
            new FeatureTie(VggWeights!, generator.Device, FeatureWeight);
    }
}
