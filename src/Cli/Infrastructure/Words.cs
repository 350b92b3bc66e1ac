using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Cli;

/// <summary>The words of enumerations on the command line: ours, and the reference's where they differ.</summary>
internal static class Words
{
    private static readonly Dictionary<Type, Dictionary<string, object>> s_words = new()
    {
        [typeof(AdversarialObjective)] = new()
        {
            ["vanilla"] = AdversarialObjective.Vanilla,
            ["lsgan"] = AdversarialObjective.LeastSquares,
            ["wgangp"] = AdversarialObjective.Wasserstein,
        },
        [typeof(TranslationDevice)] = new()
        {
            ["auto"] = TranslationDevice.Auto,
            ["cpu"] = TranslationDevice.Cpu,
            ["cuda"] = TranslationDevice.Cuda,
        },
        [typeof(ReconstructionLoss)] = new() { ["l1"] = ReconstructionLoss.L1, ["l2"] = ReconstructionLoss.L2 },
        [typeof(PreprocessMode)] = new()
        {
            ["resize-and-crop"] = PreprocessMode.ResizeAndCrop,
            ["crop"] = PreprocessMode.Crop,
            ["scale-width"] = PreprocessMode.ScaleWidth,
            ["scale-width-and-crop"] = PreprocessMode.ScaleWidthAndCrop,
            ["none"] = PreprocessMode.None,
        },
        [typeof(LearningRatePolicy)] = new()
        {
            ["linear"] = LearningRatePolicy.Linear,
            ["step"] = LearningRatePolicy.Step,
            ["plateau"] = LearningRatePolicy.Plateau,
            ["cosine"] = LearningRatePolicy.Cosine,
        },
        [typeof(InitializationKind)] = new()
        {
            ["normal"] = InitializationKind.Normal,
            ["xavier"] = InitializationKind.Xavier,
            ["kaiming"] = InitializationKind.Kaiming,
            ["orthogonal"] = InitializationKind.Orthogonal,
        },
        [typeof(TrainingPrecision)] = new()
        {
            ["float32"] = TrainingPrecision.Float32,
            ["bfloat16"] = TrainingPrecision.BFloat16,
        },
        [typeof(NormalizationKind)] = new()
        {
            ["batch"] = NormalizationKind.Batch,
            ["instance"] = NormalizationKind.Instance,
            ["none"] = NormalizationKind.None,
        },
        [typeof(NormalizationStatistics)] = new()
        {
            ["image"] = NormalizationStatistics.Image,
            ["running"] = NormalizationStatistics.Running,
        },
        [typeof(ResizeFilter)] = new()
        {
            ["nearest"] = ResizeFilter.Nearest,
            ["box"] = ResizeFilter.Box,
            ["bilinear"] = ResizeFilter.Bilinear,
            ["bicubic"] = ResizeFilter.Bicubic,
            ["lanczos"] = ResizeFilter.Lanczos,
        },
        [typeof(SketchStyle)] = new() { ["pencil"] = SketchStyle.Pencil, ["edges"] = SketchStyle.Edges },
        [typeof(TranslationMode)] = new()
        {
            ["keep"] = TranslationMode.KeepSize,
            ["resize"] = TranslationMode.ResizeToTraining,
            ["resize-back"] = TranslationMode.ResizeToTrainingAndBack,
            ["exact"] = TranslationMode.Exact,
        },
        [typeof(TranslationScheduling)] = new()
        {
            ["latency"] = TranslationScheduling.Latency,
            ["throughput"] = TranslationScheduling.Throughput,
        },
        [typeof(ConvolutionAlgorithm)] = new()
        {
            ["auto"] = ConvolutionAlgorithm.Auto,
            ["direct"] = ConvolutionAlgorithm.Direct,
        },
        [typeof(ConvolutionSearch)] = new()
        {
            ["auto"] = ConvolutionSearch.Auto,
            ["heuristic"] = ConvolutionSearch.Heuristic,
            ["exhaustive"] = ConvolutionSearch.Exhaustive,
        },
        [typeof(PixelRange)] = new()
        {
            ["0..255"] = PixelRange.ZeroTo255,
            ["0..1"] = PixelRange.ZeroToOne,
            ["-1..1"] = PixelRange.MinusOneToOne,
        },
        [typeof(PixelLayout)] = new() { ["nchw"] = PixelLayout.Nchw, ["nhwc"] = PixelLayout.Nhwc },
        [typeof(OutputActivation)] = new()
        {
            ["none"] = OutputActivation.None,
            ["sigmoid"] = OutputActivation.Sigmoid,
            ["tanh"] = OutputActivation.Tanh,
        },
        [typeof(ColorOrder)] = new() { ["rgb"] = ColorOrder.Rgb, ["bgr"] = ColorOrder.Bgr },
        [typeof(BadImages)] = new()
        {
            ["skip-unreadable"] = BadImages.SkipUnreadable,
            ["skip"] = BadImages.Skip,
            ["fail"] = BadImages.Fail,
            ["ignore"] = BadImages.Ignore,
        },
        [typeof(PairLayout)] = new() { ["aligned"] = PairLayout.Aligned, ["colorization"] = PairLayout.Colorization },
        [typeof(TranslationDirection)] = new()
        {
            ["AtoB"] = TranslationDirection.AtoB,
            ["BtoA"] = TranslationDirection.BtoA,
        },
    };

    /// <summary>The words of a type, or null where it has none of its own.</summary>
    public static IEnumerable<string>? Of<T>() => s_words.TryGetValue(Plain<T>(), out var words) ? words.Keys : null;

    /// <summary>A parser of those words whose errors name the option; null for the library's own.</summary>
    public static Func<ArgumentResult, T>? ParserOf<T>() =>
        s_words.TryGetValue(Plain<T>(), out var words)
            ? argument =>
                Tokens.Parse<T>(
                    argument,
                    text =>
                        words
                            .FirstOrDefault(word =>
                                string.Equals(word.Key, text.Replace('_', '-'), StringComparison.OrdinalIgnoreCase)
                            )
                            .Value,
                    "one of " + string.Join(", ", words.Keys)
                )
            : null;

    /// <summary>A text with the words in place of the names that the libraries give the values of a type.</summary>
    public static string Replace(Type type, string text) =>
        s_words.TryGetValue(Plain(type), out var words)
            ? words.Aggregate(text, (all, word) => Regex.Replace(all, $@"\b{word.Value}\b", word.Key))
            : text;

    private static Type Plain<T>() => Plain(typeof(T));

    private static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
