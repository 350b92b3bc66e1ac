using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

// Where images come from.
internal static partial class IneffectiveOptions
{
    private static IEnumerable<IneffectiveOption> OfPairs(PairedOptions options)
    {
        bool given = options.Pairs is not null;
        const string Given = $"{nameof(options.Pairs)} are given";
        return Where(
            (given && options.DataFolder is not null, nameof(options.DataFolder), Given),
            (given && IsSet(options, o => o.BadImages), nameof(options.BadImages), Given),
            (given && options.Layout != PairLayout.Aligned, nameof(options.Layout), Given),
            (
                options is { Layout: PairLayout.Colorization, Direction: not TranslationDirection.AtoB },
                nameof(options.Direction),
                $"{nameof(options.Layout)} is {PairLayout.Colorization}"
            ),
            (
                options is { ValidationPairs: not null, ValidationFraction: > 0 },
                nameof(options.ValidationFraction),
                $"{nameof(options.ValidationPairs)} are given"
            ),
            (
                options is { ValidationSet: not null, ValidationFraction: > 0 },
                nameof(options.ValidationFraction),
                $"{nameof(options.ValidationSet)} is given"
            ),
            (
                options.VggWeights is not null && options.PerceptualWeight == 0 && !NeedsEncoder(options),
                nameof(options.VggWeights),
                $"it belongs to {nameof(options.PerceptualWeight)} and to an untrained generator on an encoder of VGG16"
            )
        );
    }

    private static IEnumerable<IneffectiveOption> OfSets(TrainingOptions options, IUnpairedData data)
    {
        bool allGiven = data is { Sources: not null, Targets: not null };
        const string Sources = $"{nameof(data.Sources)} are given";
        const string Targets = $"{nameof(data.Targets)} are given";
        const string NoTargets = "unpaired images have no targets to validate on";
        return
        [
            .. Where(
                (data is { Sources: not null, SourceFolder: not null }, nameof(data.SourceFolder), Sources),
                (data is { Targets: not null, TargetFolder: not null }, nameof(data.TargetFolder), Targets),
                (
                    options.DataFolder is not null
                        && (data.Sources is not null || data.SourceFolder is not null)
                        && (data.Targets is not null || data.TargetFolder is not null),
                    nameof(options.DataFolder),
                    data.Sources is null
                        ? $"{nameof(data.SourceFolder)} and {nameof(data.TargetFolder)} are given"
                        : $"{nameof(data.Sources)} and {nameof(data.Targets)} are given"
                ),
                (
                    allGiven && IsSet(options, o => o.BadImages),
                    nameof(options.BadImages),
                    $"{nameof(data.Sources)} and {nameof(data.Targets)} are given"
                ),
                (options.ValidationFraction > 0, nameof(options.ValidationFraction), NoTargets)
            ),
            .. WithoutValidation(options, NoTargets),
        ];
    }

    private static IEnumerable<IneffectiveOption> OfFit(GeneratorOptions options)
    {
        const string Columns = "Fit trains on columns";
        return
        [
            // A recipe may have set the direction; columns say by themselves which image is the source.
            .. Where((options.DataFolder is not null, nameof(options.DataFolder), Columns)),
            .. options is PairedOptions paired
                ? Where(
                    (paired.Pairs is not null, nameof(paired.Pairs), Columns),
                    (
                        paired.ValidationPairs is not null,
                        nameof(paired.ValidationPairs),
                        $"Fit validates on {nameof(paired.ValidationSet)}"
                    ),
                    (paired.Layout != PairLayout.Aligned, nameof(paired.Layout), Columns),
                    (paired.InstanceFolder is not null, nameof(paired.InstanceFolder), Columns)
                )
                : [],
            .. options is UnpairedOptions unpaired
                ? Where(
                    (unpaired.Sources is not null, nameof(unpaired.Sources), Columns),
                    (unpaired.Targets is not null, nameof(unpaired.Targets), Columns),
                    (unpaired.SourceFolder is not null, nameof(unpaired.SourceFolder), Columns),
                    (unpaired.TargetFolder is not null, nameof(unpaired.TargetFolder), Columns)
                )
                : [],
        ];
    }

    private static bool NeedsEncoder(PairedOptions options) =>
        options.InitialGenerator is null && HasFrozenLayers(options);
}
