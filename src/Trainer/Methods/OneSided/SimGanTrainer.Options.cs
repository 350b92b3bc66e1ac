namespace MlNetImageTranslation.Trainer;

public sealed partial class SimGanTrainer
{
    /// <summary>How SimGAN is trained.</summary>
    public sealed class Options : OneSidedOptions
    {
        /// <summary>CycleGAN's choices, which its authors gave to all methods that they compare.</summary>
        public Options() => PoolSize = 50;

        /// <summary>
        /// Weight of the self-regularization: the mean absolute difference of output and input in [-1, 1].
        /// </summary>
        public double SelfRegularizationWeight { get; set; } = 1;

        internal override TrainerKind Trainer => TrainerKind.SimGan;

        /// <inheritdoc/>
        public override void Validate()
        {
            RequireWeight(SelfRegularizationWeight, nameof(SelfRegularizationWeight));
            RequireSameChannels("output and input are compared");
            base.Validate();
        }

        internal override ContentTie CreateTie(TorchNetwork generator) => new PixelTie(SelfRegularizationWeight);
    }
}
