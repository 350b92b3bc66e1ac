namespace MlNetImageTranslation.Trainer;

public sealed partial class BiGanTrainer
{
    /// <summary>
    /// How BiGAN is trained. The defaults are CycleGAN's, as in the comparison: its networks, least squares, pools of
    /// 50 pairs. The paper's own objective is <see cref="AdversarialObjective.Vanilla"/>.
    /// </summary>
    public sealed class Options : TwoWayOptions
    {
        /// <inheritdoc/>
        public override void Validate()
        {
            base.Validate();
            RequireNetworks(() =>
            {
                RequireEncoders(CreateGenerators());
                CreateDiscriminator();
            });
        }

        internal override TrainerKind Trainer => TrainerKind.BiGan;

        /// <summary>The discriminator of pairs, an A image before a B image.</summary>
        internal NetworkGraph CreateDiscriminator() => Discriminators.Create(this, InputChannels + OutputChannels);

        internal override void RestoreNetworks(IReadOnlyDictionary<string, NetworkGraph> recorded)
        {
            GeneratorGraph = OwnGraph(
                recorded.GetValueOrDefault("generator_ab"),
                () => CreateGenerator(InputChannels, OutputChannels)
            );
            DiscriminatorGraph = OwnGraph(recorded.GetValueOrDefault("discriminator"), CreateDiscriminator);
        }
    }
}
