namespace MlNetImageTranslation.Trainer;

/// <summary>
/// What the trainers of one-sided unpaired translation have in common: one generator and one discriminator, without a
/// way back. They differ in what ties the output to the input.
/// </summary>
public abstract class OneSidedOptions : UnpairedOptions
{
    /// <summary>Weight of the adversarial loss in what the generator learns (<c>--lambda_GAN</c>).</summary>
    public double AdversarialWeight { get; set; } = 1;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RequireWeight(AdversarialWeight, nameof(AdversarialWeight));
        RequireNetworks(() =>
        {
            var generator = CreateNetworks()[0].Graph;
            if (!Resume)
                RequireEncoder(generator, nameof(InitialGenerator), InitialGenerator);
        });
    }

    /// <summary>
    /// All networks of the run by name: <c>generator</c>, <c>discriminator</c>, and those of the tie.
    /// </summary>
    /// <exception cref="ArgumentException">One of them cannot be made, or not from the others.</exception>
    internal virtual IReadOnlyList<(string Name, NetworkGraph Graph)> CreateNetworks() =>
        [
            ("generator", CreateGenerator(InputChannels, OutputChannels)),
            ("discriminator", Discriminators.Create(this, OutputChannels)),
        ];

    /// <summary>Makes what ties the output of this generator to its input.</summary>
    internal abstract ContentTie CreateTie(TorchNetwork generator);

    internal override void RestoreNetworks(IReadOnlyDictionary<string, NetworkGraph> recorded)
    {
        GeneratorGraph = OwnGraph(
            recorded.GetValueOrDefault("generator"),
            () => CreateGenerator(InputChannels, OutputChannels)
        );
        DiscriminatorGraph = OwnGraph(
            recorded.GetValueOrDefault("discriminator"),
            () => Discriminators.Create(this, OutputChannels)
        );
    }

    /// <summary>Throws unless the generator reads as many channels as it writes.</summary>
    private protected void RequireSameChannels(string why) =>
        Require(
            // Other numbers are wrong by themselves.
            InputChannels is not (1 or 3)
                || InputChannels == OutputChannels,
            nameof(OutputChannels),
            FormattableString.Invariant($"{InputChannels}, as many as {nameof(InputChannels)}, because {why}"),
            OutputChannels
        );
}
