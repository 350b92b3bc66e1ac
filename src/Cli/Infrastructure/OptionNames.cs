using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli;

/// <summary>
/// The libraries name the options of their own interface in their messages (<c>IdentityWeight</c>). Here they become
/// the options of the command that was typed (<c>--lambda-identity</c>), under the names that were typed.
/// </summary>
internal static partial class OptionNames
{
    // A property of a library's options, and the options of the command line that set it: the first that the command
    // has is meant.
    private static readonly Dictionary<string, string[]> s_options = new(StringComparer.Ordinal)
    {
        // Engine
        ["Device"] = ["--device"],
        ["GpuDeviceId"] = ["--gpu-id", "--gpu"],
        ["FallbackToCpu"] = ["--cpu-fallback"],
        ["Mode"] = ["--mode"],
        ["Size"] = ["--training-size", "--size", "--features-size"],
        ["Threads"] = ["--threads"],
        ["Scheduling"] = ["--schedule"],
        ["ConvolutionAlgorithm"] = ["--convolution"],
        ["BatchSize"] = ["--batch-size"],
        ["TilePixels"] = ["--tile-pixels"],
        ["TileOverlap"] = ["--tile-overlap"],
        ["ConvolutionSearch"] = ["--convolution-search"],
        ["MaxRunPixels"] = ["--max-run-pixels"],
        ["MaxRunBytes"] = ["--max-run-bytes"],
        ["MaxLoadSeconds"] = ["--max-load-seconds"],
        ["MaxOperators"] = ["--max-operators"],
        ["StatisticsPasses"] = ["--statistics-passes"],
        ["Layout"] = ["--layout"],
        ["PixelRange"] = ["--pixel-range"],
        ["OutputRange"] = ["--output-range"],
        ["OutputActivation"] = ["--output-activation"],
        ["ColorOrder"] = ["--color-order"],
        ["Mean"] = ["--mean"],
        ["Std"] = ["--std"],
        ["KeepColors"] = ["--keep-colors"],
        ["KeepAlpha"] = ["--alpha"],
        ["SizeMultiple"] = ["--size-multiple"],
        ["OutputName"] = ["--output-name"],
        // Folders
        ["Include"] = ["--include"],
        ["Exclude"] = ["--exclude"],
        ["Recursive"] = ["--no-recursive"],
        ["OutputExtension"] = ["--format"],
        ["Workers"] = ["--workers"],
        ["FailOnBadImage"] = ["--on-bad-image"],
        ["ReportFile"] = ["--report"],
        ["Shard"] = ["--shard"],
        ["BitDepth"] = ["--bit-depth"],
        ["ValueRange"] = ["--value-range"],
        ["MaxPixels"] = ["--max-pixels"],
        // Import and export
        ["Entry"] = ["--entry"],
        ["Architecture"] = ["--architecture"],
        ["Filters"] = ["--filters"],
        ["Layers"] = ["--layers"],
        ["Height"] = ["--size"],
        ["FixedSize"] = ["--size"],
        ["NormStatistics"] = ["--norm-statistics"],
        ["RunningStatistics"] = ["--norm-statistics"],
        ["DropoutAtInference"] = ["--dropout-at-inference", "--dropout"],
        ["Interface"] = ["--interface"],
        ["ResizeConvolution"] = ["--resize-convolution"],
        // Every trainer
        ["DataFolder"] = ["--data"],
        ["OutputFolder"] = ["--output"],
        ["Resume"] = ["--resume"],
        ["AllowChangedData"] = ["--allow-changed-data"],
        ["AllowChangedEpochs"] = ["--allow-changed-epochs"],
        ["AllowMovedData"] = ["--allow-moved-data"],
        ["Seed"] = ["--seed"],
        ["Epochs"] = ["--epochs"],
        ["AccumulationSteps"] = ["--accumulation-steps"],
        ["DecayEpochs"] = ["--decay-epochs"],
        ["LearningRate"] = ["--learning-rate"],
        ["Beta1"] = ["--beta1"],
        ["Beta2"] = ["--beta2"],
        ["Epsilon"] = ["--epsilon"],
        ["LearningRatePolicy"] = ["--lr-policy"],
        ["LearningRateDecayEvery"] = ["--lr-decay-every"],
        ["Preprocess"] = ["--preprocess"],
        ["LoadSize"] = ["--load-size"],
        ["CropSize"] = ["--crop-size"],
        ["ColorJitter"] = ["--color-jitter"],
        ["Rotation"] = ["--rotation"],
        ["DiscriminatorAugmentation"] = ["--diff-augment"],
        ["Flip"] = ["--no-flip"],
        ["Order"] = ["--serial-batches"],
        ["MaximumDataSize"] = ["--max-data-size"],
        ["InputChannels"] = ["--input-channels", "--channels"],
        ["OutputChannels"] = ["--output-channels"],
        ["Initialization"] = ["--init"],
        ["InitializationGain"] = ["--init-gain"],
        ["Precision"] = ["--precision", "--fp16"],
        ["LogEvery"] = ["--log-every"],
        ["SampleEveryEpochs"] = ["--sample-every"],
        ["SampleCount"] = ["--sample-count"],
        ["SnapshotEveryEpochs"] = ["--save-epoch-freq"],
        ["CheckpointEverySteps"] = ["--checkpoint-steps"],
        ["CheckpointEveryEpochs"] = ["--checkpoint-epochs"],
        ["BadImages"] = ["--on-bad-image"],
        ["FlushToDisk"] = ["--no-flush"],
        ["ImageCacheMegabytes"] = ["--cache-mb"],
        ["ValidationFraction"] = ["--validation-fraction"],
        ["ValidateEveryEpochs"] = ["--validate-every"],
        ["MaximumValidationSize"] = ["--max-validation-size"],
        ["EarlyStoppingPatience"] = ["--early-stopping"],
        ["AverageDecay"] = ["--average-decay"],
        ["TensorBoard"] = ["--tensorboard"],
        ["ExportModel"] = ["--no-export"],
        ["Generator"] = ["--generator"],
        ["GeneratorFilters"] = ["--ngf"],
        ["GeneratorGraph"] = ["--generator-file"],
        ["Norm"] = ["--norm"],
        ["Dropout"] = ["--dropout"],
        ["Direction"] = ["--direction"],
        ["InitialGenerator"] = ["--initial-generator"],
        // Trainers with a discriminator
        ["Discriminator"] = ["--discriminator"],
        ["DiscriminatorFilters"] = ["--ndf"],
        ["DiscriminatorGraph"] = ["--discriminator-file"],
        ["DiscriminatorLayers"] = ["--discriminator-layers"],
        ["DiscriminatorScales"] = ["--discriminator-scales"],
        ["Objective"] = ["--gan-mode"],
        ["GradientPenaltyWeight"] = ["--gradient-penalty"],
        ["InitialDiscriminator"] = ["--initial-discriminator"],
        ["InitialReverseDiscriminator"] = ["--initial-reverse-discriminator"],
        ["InitialReverseGenerator"] = ["--initial-reverse-generator"],
        // Trainers on pairs
        ["LabelPaletteFile"] = ["--label-palette"],
        ["LabelCount"] = ["--label-count"],
        ["InstanceFolder"] = ["--instances"],
        ["TotalVariationWeight"] = ["--lambda-tv"],
        ["PerceptualWeight"] = ["--lambda-perceptual"],
        ["VggWeights"] = ["--vgg"],
        ["L1Weight"] = ["--lambda-l1"],
        ["FeatureMatchingWeight"] = ["--lambda-features"],
        ["SeparateDiscriminatorUpdates"] = ["--separate-updates"],
        ["SecondGeneratorPass"] = ["--second-pass"],
        ["Loss"] = ["--loss"],
        ["StructureWeight"] = ["--lambda-ssim"],
        ["UnfreezeAfterEpochs"] = ["--unfreeze-after"],
        ["UnfreezeBlocks"] = ["--unfreeze-blocks"],
        ["UnfrozenRate"] = ["--unfrozen-rate"],
        // CycleGAN
        ["SourceFolder"] = ["--data-a"],
        ["TargetFolder"] = ["--data-b"],
        ["CycleWeightA"] = ["--lambda-a"],
        ["CycleWeightB"] = ["--lambda-b"],
        ["IdentityWeight"] = ["--lambda-identity"],
        ["PoolSize"] = ["--pool-size"],
        // One-sided translation
        ["AdversarialWeight"] = ["--lambda-gan"],
        ["ContrastWeight"] = ["--lambda-nce"],
        ["IdentityContrast"] = ["--nce-identity"],
        ["MirrorEquivariance"] = ["--flip-equivariance"],
        ["ContrastLayers"] = ["--nce-layers"],
        ["Patches"] = ["--nce-patches"],
        ["ProjectionFilters"] = ["--projection-filters"],
        ["BatchNegatives"] = ["--nce-batch-negatives"],
        ["Temperature"] = ["--temperature"],
        ["SelfRegularizationWeight"] = ["--lambda-self"],
        ["FeatureWeight"] = ["--lambda-features"],
        // CoGAN
        ["NoiseSize"] = ["--noise-size"],
        ["OwnGeneratorLayers"] = ["--own-generator-layers"],
        ["OwnDiscriminatorLayers"] = ["--own-discriminator-layers"],
        ["SearchSteps"] = ["--search-steps"],
        ["SearchStarts"] = ["--search-starts"],
        ["SearchRate"] = ["--search-rate"],
        // Names in options.json that are older than the properties
        ["BadPictures"] = ["--on-bad-image"],
        ["PictureCacheMegabytes"] = ["--cache-mb"],
        // Evaluation and study
        ["Features"] = ["--features"],
        ["SegmentationNetwork"] = ["--segmentation"],
        ["Palette"] = ["--palette"],
        ["Trials"] = ["--trials"],
        ["PracticeTrials"] = ["--practice"],
        ["Seconds"] = ["--seconds"],
        ["Title"] = ["--title"],
    };

    // Values of enumerations that the command line writes otherwise than in lower case.
    private static readonly Dictionary<string, string> s_values = new(StringComparer.Ordinal)
    {
        ["ZeroTo255"] = "0..255",
        ["ZeroToOne"] = "0..1",
        ["MinusOneToOne"] = "-1..1",
        ["Nchw"] = "nchw",
        ["Nhwc"] = "nhwc",
        ["KeepSize"] = "keep",
        ["ResizeToTraining"] = "resize",
        ["ResizeToTrainingAndBack"] = "resize-back",
        ["AtoB"] = "AtoB",
        ["BtoA"] = "BtoA",
    };

    // Properties that messages of many commands mention, though one command alone has the option.
    private static readonly Dictionary<string, string> s_elsewhere = new(StringComparer.Ordinal)
    {
        ["ValueRange"] = "--value-range of 'imt translate'",
    };

    /// <summary>The properties of the libraries' options that have options here.</summary>
    public static IReadOnlyDictionary<string, string[]> Options => s_options;

    /// <summary>A library's message in the words of the command that was typed.</summary>
    public static string Translate(string message, CommandResult command)
    {
        var here = command
            .Command.Options.SelectMany(option =>
                option.Aliases.Append(option.Name).Select(name => KeyValuePair.Create(name, option))
            )
            .ToDictionary(StringComparer.Ordinal);
        string translated = Mention()
            .Replace(
                message,
                match =>
                    match.Groups["quoted"].Success ? match.Value
                    : match.Groups["json"] is { Success: true, Value: var json } ? OfJson(json) ?? match.Value
                    : s_values.TryGetValue(match.Value, out string? value) && here.ContainsKey("--pixel-range") ? value
                    : OfProperty(match)
            )
            // Where the libraries explain a name by what is its name here.
            .Replace("0..255 (0..255)", "0..255", StringComparison.Ordinal)
            .Replace("0..1 (0..1)", "0..1", StringComparison.Ordinal)
            .Replace("-1..1 (-1..1)", "-1..1", StringComparison.Ordinal)
            // Images in memory there are none here.
            .Replace(
                ", --data-a and --data-b, or Sources and Targets",
                ", or --data-a and --data-b",
                StringComparison.Ordinal
            );
        // "--gan-mode: expected Vanilla" is about the values of that option.
        int end = translated.IndexOf(':', StringComparison.Ordinal);
        return end > 0 && here.TryGetValue(translated[..end], out var meant)
            ? translated[..end] + Words.Replace(meant.ValueType, translated[end..])
            : translated;

        string? OfJson(string name) => Find(char.ToUpperInvariant(name[0]) + name[1..]);

        string OfProperty(Match match)
        {
            string name = match.Groups["name"].Value;
            // Names of one word (Size, Device) are words as well: only where the text speaks of an option.
            string[] signs = ["before", "owner", "after"];
            if (!IsCompound(name) && !signs.Any(sign => match.Groups[sign].Success))
            {
                return match.Value;
            }

            return Find(name) is { } found
                ? match.Groups["before"].Value + found + Assigned(match.Groups["assigned"].Value)
                : s_elsewhere.GetValueOrDefault(name) ?? match.Value;
        }

        string? Find(string name) =>
            s_options.TryGetValue(name, out string[]? candidates)
            && candidates.FirstOrDefault(here.ContainsKey) is { } found
                ? command.GetResult(here[found])?.IdentifierToken?.Value ?? found
                : null;
    }

    // " = Auto or Cpu" is " auto or cpu" here, " to Cpu" is " to cpu", and " = true" is the option alone.
    private static string Assigned(string text)
    {
        string value = text.Replace(" =", "", StringComparison.Ordinal);
        return value == " true" ? "" : EachWord().Replace(value, word => Value(word.Value));
    }

    private static string Value(string word) => s_values.GetValueOrDefault(word) ?? word.ToLowerInvariant();

    private static bool IsCompound(string name) => name.Skip(1).Any(char.IsAsciiLetterUpper);

    [GeneratedRegex(
        """
            (?<quoted>(?<!\w)'[^'\n]*'(?!\w))
            | \boptions\.(?<json>\w+)
            | (?<before>(?:^|\n\s*|(?<=:\s))(?=\w+(?::|\sis\s)) | \b(?:[Bb]y|[Ss]et|[Uu]se|[Ss]ay)\s)?
              (?<![\w./-])(?<owner>[A-Z]\w*Options\.)?(?<name>[A-Z]\w+)\b(?![/.\\]\w)
              (?:\s\(--[a-z][\w-]*\))?
              (?<after>(?<assigned>(?:\s=\s\w+|\s(?:is|to)\s[A-Z]\w*)(?:\sor\s[A-Z]\w*\b(?!\s=))*))?
            """,
        RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Mention();

    [GeneratedRegex(@"\b(?!or\b|is\b)\w+")]
    private static partial Regex EachWord();
}
