namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Finds options that were set though others make them meaningless, so that nobody waits for what they never do. A
/// value counts as set where neither the defaults nor a recipe of the trainer have it. What is switched off anyway (no
/// export of a trainer that exports nothing) is no fault.
/// </summary>
internal static partial class IneffectiveOptions
{
    // Scripts and the command lines of other programs carry these along, and the run is what was asked for without
    // them: a warning is enough.
    private static readonly HashSet<string> s_harmless =
    [
        nameof(TrainingOptions.LoadSize),
        nameof(TrainingOptions.CropSize),
        nameof(TrainingOptions.LearningRateDecayEvery),
        nameof(TrainingOptions.SampleCount),
        nameof(TrainingOptions.MaximumValidationSize),
        nameof(TrainingOptions.ValidateEveryEpochs),
        nameof(TrainingOptions.AllowChangedData),
        nameof(TrainingOptions.AllowChangedEpochs),
        nameof(TrainingOptions.AllowMovedData),
        nameof(TrainingOptions.GpuDeviceId),
        nameof(GeneratorOptions.Initialization),
        nameof(GeneratorOptions.InitializationGain),
        nameof(IAdversarialOptions.GradientPenaltyWeight),
        // A weight of 0 switches the loss off that these belong to.
        nameof(CutTrainer.Options.ContrastLayers),
        nameof(CutTrainer.Options.Patches),
        nameof(CutTrainer.Options.ProjectionFilters),
        nameof(CutTrainer.Options.Temperature),
    ];

    /// <summary>
    /// Refuses options without effect that promise something. A run that goes on keeps those that it began with.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is one; the message names it and the other
    /// option.</exception>
    public static void Refuse(TrainingOptions options)
    {
        if (!options.FromColumns && !GoesOn(options) && Find(options).FirstOrDefault(IsPromise) is { } found)
            throw Refused(found);
    }

    /// <summary>What only <c>Fit</c> reads, and what it does not.</summary>
    /// <exception cref="ArgumentOutOfRangeException">As <see cref="Refuse"/>.</exception>
    public static void RefuseForFit(GeneratorOptions options)
    {
        if (OfFit(options).FirstOrDefault() is { } found)
            throw Refused(found);
    }

    /// <summary>Refuses what <c>Train</c> does not read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">As <see cref="Refuse"/>.</exception>
    public static void RefuseForTrain(TrainingOptions options)
    {
        if (!options.FromColumns && OfTrain(options).FirstOrDefault() is { } found)
            throw Refused(found);
    }

    /// <summary>Warns of what is not refused.</summary>
    public static void Warn(TrainingOptions options, IProgress<TrainingProgress>? progress)
    {
        bool all = GoesOn(options) && !options.FromColumns;
        foreach (var found in Find(options).Where(found => all || !IsPromise(found)))
            progress.Warn(options, found.Message);
    }

    /// <summary>What depends on whether the data have images to validate on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">As <see cref="Refuse"/>.</exception>
    public static void CheckForData(TrainingOptions options, bool validates, IProgress<TrainingProgress>? progress)
    {
        if (validates || options is not PairedOptions)
            return;
        foreach (var found in OfNoValidation(options))
            if (IsPromise(found) && !GoesOn(options))
                throw Refused(found);
            else
                progress.Warn(options, found.Message);
    }

    private static bool IsPromise(IneffectiveOption option) => !s_harmless.Contains(option.Name);

    private static ArgumentOutOfRangeException Refused(IneffectiveOption option) => new(option.Name, option.Message);

    private static bool GoesOn(TrainingOptions options) =>
        options is { Resume: true, OutputFolder: { Length: > 0 } folder } && new RunFolder(folder).HasBegun;

    private static IEnumerable<IneffectiveOption> Find(TrainingOptions options) =>
        [
            .. OfRun(options),
            .. OfImages(options),
            .. OfReports(options),
            .. options is PairedOptions paired ? OfPairs(paired) : [],
            .. options is IUnpairedData unpaired ? OfSets(options, unpaired) : [],
            .. options is GeneratorOptions generator ? OfGenerator(generator) : [],
            .. options is IAdversarialOptions adversarial ? OfDiscriminator(options, adversarial) : [],
            .. options switch
            {
                CutTrainer.Options cut => OfCut(cut),
                CycleGanTrainer.Options cycle => OfCycleGan(cycle),
                RegressionTrainer.Options regression => OfRegression(regression),
                _ => [],
            },
        ];

    // A list that leaves out what is not so.
    private static IEnumerable<IneffectiveOption> Where(params (bool Set, string Name, string Reason)[] rules) =>
        rules.Where(rule => rule.Set).Select(rule => new IneffectiveOption(rule.Name, rule.Reason));

    /// <summary>Whether the options have another value than the defaults and all recipes of their trainer.</summary>
    private static bool IsSet<T>(T options, Func<T, object?> value)
        where T : class => Unset(options.GetType()).All(unset => !Equals(value((T)(object)unset), value(options)));

    private static TrainingOptions[] Unset(Type type)
    {
        if (type == typeof(Pix2PixTrainer.Options))
            return
            [
                new Pix2PixTrainer.Options(),
                Recipe<Pix2PixTrainer.Options>(options => options.UseFacades()),
                Recipe<Pix2PixTrainer.Options>(options => options.UsePix2PixHd()),
                Recipe<Pix2PixTrainer.Options>(options => options.UsePix2PixHdLocal()),
                Recipe<Pix2PixTrainer.Options>(options => options.UseKeras()),
            ];
        if (type == typeof(CycleGanTrainer.Options))
            return [new CycleGanTrainer.Options(), Recipe<CycleGanTrainer.Options>(options => options.UseKeras())];
        if (type == typeof(CutTrainer.Options))
            return [new CutTrainer.Options(), Recipe<CutTrainer.Options>(options => options.UseFastCut())];
        return [(TrainingOptions)Activator.CreateInstance(type)!];
    }

    private static T Recipe<T>(Action<T> use)
        where T : TrainingOptions, new()
    {
        var options = new T();
        use(options);
        return options;
    }
}
