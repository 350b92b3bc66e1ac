namespace MlNetImageTranslation.Trainer;

// Networks and losses.
internal static partial class IneffectiveOptions
{
    private static IEnumerable<IneffectiveOption> OfGenerator(GeneratorOptions options)
    {
        bool own = options.GeneratorGraph is not null;
        const string Own = $"{nameof(options.GeneratorGraph)} is given";
        const string AllFromFiles = "all networks begin with weights from files";
        return Where(
            (own && IsSet(options, o => o.Generator), nameof(options.Generator), Own),
            (own && IsSet(options, o => o.GeneratorFilters), nameof(options.GeneratorFilters), Own),
            (own && IsSet(options, o => o.Dropout), nameof(options.Dropout), Own),
            (
                !own && options.Dropout == true && !Generator(options).Layers.Any(layer => layer is DropoutLayer),
                nameof(options.Dropout),
                $"generator '{options.Generator}' has none"
            ),
            (
                IsSet(options, o => o.Norm) && !TakesNorm(options),
                nameof(options.Norm),
                "the networks have norms of their own"
            ),
            (
                IsSet(options, o => o.Initialization) && BeginsWithFiles(options),
                nameof(options.Initialization),
                AllFromFiles
            ),
            (
                IsSet(options, o => o.InitializationGain) && BeginsWithFiles(options),
                nameof(options.InitializationGain),
                AllFromFiles
            )
        );
    }

    private static IEnumerable<IneffectiveOption> OfDiscriminator(TrainingOptions options, IAdversarialOptions game)
    {
        bool own = game.DiscriminatorGraph is not null;
        const string Own = $"{nameof(game.DiscriminatorGraph)} is given";
        return Where(
            (own && IsSet(game, o => o.Discriminator), nameof(game.Discriminator), Own),
            (own && IsSet(game, o => o.DiscriminatorFilters), nameof(game.DiscriminatorFilters), Own),
            (own && IsSet(game, o => o.DiscriminatorLayers), nameof(game.DiscriminatorLayers), Own),
            (
                game.Objective != AdversarialObjective.Wasserstein && IsSet(game, o => o.GradientPenaltyWeight),
                nameof(game.GradientPenaltyWeight),
                $"it belongs to {nameof(game.Objective)} = {AdversarialObjective.Wasserstein}"
            )
        );
    }

    private static IEnumerable<IneffectiveOption> OfCut(CutTrainer.Options options)
    {
        bool none = options.ContrastWeight == 0;
        const string None = $"{nameof(options.ContrastWeight)} is 0";
        return Where(
            (
                options is { BatchNegatives: true, BatchSize: 1 },
                nameof(options.BatchNegatives),
                $"{nameof(options.BatchSize)} is 1"
            ),
            (none && options.ContrastLayers is not null, nameof(options.ContrastLayers), None),
            (none && IsSet(options, o => o.Patches), nameof(options.Patches), None),
            (none && IsSet(options, o => o.ProjectionFilters), nameof(options.ProjectionFilters), None),
            (none && IsSet(options, o => o.Temperature), nameof(options.Temperature), None)
        );
    }

    private static IEnumerable<IneffectiveOption> OfCycleGan(CycleGanTrainer.Options options) =>
        Where(
            (
                options is { CycleWeightA: 0, CycleWeightB: 0, IdentityWeight: > 0 }
                    && IsSet(options, o => o.IdentityWeight),
                nameof(options.IdentityWeight),
                $"it is a share of {nameof(options.CycleWeightA)} and {nameof(options.CycleWeightB)}, which are 0"
            )
        );

    private static IEnumerable<IneffectiveOption> OfRegression(RegressionTrainer.Options options)
    {
        bool never = options.UnfreezeAfterEpochs is null;
        const string Never = $"{nameof(options.UnfreezeAfterEpochs)} is not set";
        int epochs = options.Epochs + options.DecayEpochs;
        return Where(
            (never && IsSet(options, o => o.UnfreezeBlocks), nameof(options.UnfreezeBlocks), Never),
            (never && IsSet(options, o => o.UnfrozenRate), nameof(options.UnfrozenRate), Never),
            (
                !never && !HasFrozenLayers(options),
                nameof(options.UnfreezeAfterEpochs),
                $"no layer of generator '{Generator(options).Name}' is frozen"
            ),
            (
                options.UnfreezeAfterEpochs >= epochs,
                nameof(options.UnfreezeAfterEpochs),
                FormattableString.Invariant(
                    $"{nameof(options.Epochs)} and {nameof(options.DecayEpochs)} are {epochs} together"
                )
            )
        );
    }

    /// <summary>
    /// Whether parts of the generator stay as they begin, which only makes sense with trained weights.
    /// </summary>
    public static bool HasFrozenLayers(GeneratorOptions options) =>
        Generator(options).Layers.Any(layer => layer.Frozen);

    private static NetworkGraph Generator(GeneratorOptions options) =>
        options.CreateGenerator(options.InputChannels, options.OutputChannels);

    // Networks of the user's own and Keras' do not.
    private static bool TakesNorm(GeneratorOptions options) =>
        options.GeneratorGraph is null && !GeneratorOptions.HasNormOfItsOwn(options.Generator)
        || options is IAdversarialOptions { DiscriminatorGraph: null, Discriminator: var discriminator }
            && !GeneratorOptions.HasNormOfItsOwn(discriminator);

    // Further scales of a discriminator, CUT's projections and what a local enhancer adds always begin anew.
    private static bool BeginsWithFiles(GeneratorOptions options) =>
        options.InitialGenerator is not null
        && NetworkCatalog.CanonicalName(options.Generator) != NetworkCatalog.Pix2PixHdLocal
        && options switch
        {
            RegressionTrainer.Options => true,
            Pix2PixTrainer.Options pix2pix => pix2pix is { InitialDiscriminator: not null, DiscriminatorScales: 1 },
            CutTrainer.Options => false,
            UnpairedOptions { InitialDiscriminator: not null, DiscriminatorScales: 1 } => options switch
            {
                CycleGanTrainer.Options cycle => cycle
                    is { InitialReverseGenerator: not null, InitialReverseDiscriminator: not null },
                TwoWayOptions both => both.InitialReverseGenerator is not null,
                _ => true,
            },
            _ => false,
        };
}
