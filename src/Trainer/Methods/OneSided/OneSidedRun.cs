namespace MlNetImageTranslation.Trainer;

/// <summary>A run of one-sided translation, whatever ties the output to the input.</summary>
internal static class OneSidedRun
{
    /// <summary>Trains to the end.</summary>
    public static TrainingResult Train<TOptions>(
        TOptions given,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken
    )
        where TOptions : OneSidedOptions
    {
        var (options, device) = TrainingRun.Prepare(given, progress);
        var (training, validation) = TrainingImageSets.Open(options, progress);
        var networks = options.CreateNetworks();
        return TrainingRun.Execute(options, training, validation, networks, CreateSession, progress, cancellationToken);

        TrainingSession CreateSession()
        {
            var generator = InitialNetwork.Create(
                Graph("generator"),
                options,
                RandomStream.Generator,
                options.InitialGenerator,
                device
            );
            var discriminators = Discriminators.Begin(
                Graph("discriminator"),
                options,
                RandomStream.Discriminator,
                options.InitialDiscriminator,
                device
            );
            return new OneSidedSession(options, generator, discriminators, options.CreateTie(generator));
        }

        NetworkGraph Graph(string name) => networks.First(network => network.Name == name).Graph;
    }
}
