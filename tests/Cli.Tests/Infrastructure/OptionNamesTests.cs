using System.CommandLine;
using System.Reflection;
using MlNetImageTranslation.Evaluation;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Cli.Tests;

public sealed class OptionNamesTests
{
    // Options of the libraries that the command line does not have.
    private static readonly string[] s_withoutOption =
    [
        "SourceColumnName",
        "InstanceColumnName",
        "TargetColumnName",
        "OutputColumnName",
        "ReverseOutputColumnName",
        "TargetData",
        "Sources",
        "Targets",
        "Progress",
        "Cancellation",
        "CancellationToken",
        "ParallelRuns",
        "ConvolutionSearch",
        "Compression",
        "Decoder",
        "MaxPixelsInFlight",
        "MaxSide",
        "MaxFileBytes",
        "ApplyOrientation",
        "KernelSubsets",
        "LabelColumnName",
        "TrainingSize",
        "Provenance",
        "KernelSubsetSize",
        "MaximumSide",
        "ValidationSet",
        "Pairs",
        "ValidationPairs",
    ];

    [Theory]
    [InlineData(
        "train cyclegan",
        "IdentityWeight: expected 0 or more, but got -1.",
        "--lambda-identity: expected 0 or more, but got -1."
    )]
    [InlineData("train cyclegan --lambda_identity 3", "IdentityWeight: expected 1.", "--lambda_identity: expected 1.")]
    [InlineData(
        "translate",
        "Allow the CPU by FallbackToCpu = true or Device = Cpu.",
        "Allow the CPU by --cpu-fallback or --device cpu."
    )]
    [InlineData(
        "train pix2pix",
        "Device is Cuda, but there is none. Use Device = Auto or Cpu.",
        "--device is cuda, but there is none. Use --device auto or cpu."
    )]
    [InlineData(
        "translate",
        "model '/m/SizeMultiple.onnx': say by SizeMultiple (--size-multiple) = 7.",
        "model '/m/SizeMultiple.onnx': say by --size-multiple 7."
    )]
    [InlineData(
        "translate",
        "a.onnx: Threads: expected at least 1, but got 0.",
        "a.onnx: --threads: expected at least 1, but got 0."
    )]
    [InlineData(
        "translate",
        "Say what pixels are by PixelRange: ZeroTo255, ZeroToOne.",
        "Say what pixels are by --pixel-range: 0..255, 0..1."
    )]
    [InlineData(
        "train pix2pix",
        "Install the driver, set Device to Cpu, or set FallbackToCpu to let the CPU work.",
        "Install the driver, set --device to cpu, or set --cpu-fallback to let the CPU work."
    )]
    [InlineData("train pix2pix", "Set Resume (--resume) to go on with it.", "Set --resume to go on with it.")]
    [InlineData(
        "train pix2pix",
        "The run differs:\n  options.l1Weight: the run has 100",
        "The run differs:\n  --lambda-l1: the run has 100"
    )]
    [InlineData("train pix2pix", "options.pictureCacheMegabytes: 5", "--cache-mb: 5")]
    [InlineData(
        "train cut",
        "set DataFolder, SourceFolder and TargetFolder, or Sources and Targets.",
        "set --data, or --data-a and --data-b."
    )]
    [InlineData("export run --output o", "DropoutAtInference asks for dropout", "--dropout asks for dropout")]
    [InlineData(
        "import x.pth --output o",
        "It has no norms, but OnnxExportOptions.NormStatistics asks for some.",
        "It has no norms, but --norm-statistics asks for some."
    )]
    // Words that are no options here, or no options at all.
    [InlineData("onnx compare a b", "GpuDeviceId is 7", "GpuDeviceId is 7")]
    [InlineData(
        "translate",
        "Size matters; the Device of an image in /data/LoadSize/a.png",
        "Size matters; the Device of an image in /data/LoadSize/a.png"
    )]
    public void Messages_speak_of_the_options_of_the_command(string command, string message, string expected)
    {
        var parsed = RootCommandFactory.Create().Parse(command);
        Assert.Equal(expected, OptionNames.Translate(message, parsed.CommandResult));
    }

    [Fact]
    public void Every_option_of_the_libraries_has_its_name_and_every_name_is_an_option()
    {
        Type[] options =
        [
            typeof(TranslationEngineOptions),
            typeof(FolderTranslationOptions),
            typeof(ImageDecoderOptions),
            typeof(ImportOptions),
            typeof(OnnxExportOptions),
            typeof(NetworkOptions),
            typeof(ImageTranslationEvaluationOptions),
            typeof(RealOrFakeStudy),
            .. typeof(TrainingOptions).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(TrainingOptions))),
        ];
        var properties = options
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Instance))
            .Where(member => member is FieldInfo or PropertyInfo { CanWrite: true })
            .Where(member => !member.IsDefined(typeof(ObsoleteAttribute)))
            .Select(member => member.Name)
            .Distinct();
        Assert.Equal([], properties.Except(s_withoutOption).Except(OptionNames.Options.Keys));

        var names = Options(RootCommandFactory.Create()).ToHashSet();
        Assert.Equal([], OptionNames.Options.Values.SelectMany(candidates => candidates).Except(names));
    }

    [Theory]
    [InlineData("skip", "translate", "--on-bad-picture", "skip")]
    [InlineData("fail", "translate", "--on-bad-picture=fail")]
    public void Old_names_of_options_go_on_working(string value, params string[] arguments)
    {
        var parsed = RootCommandFactory.Create().Parse(RenamedOptions.Update(arguments));
        Assert.Equal(value, parsed.GetValue<string>("--on-bad-image"));
        Assert.Equal(["a", "--", "--on-bad-picture"], RenamedOptions.Update(["a", "--", "--on-bad-picture"]));
    }

    private static IEnumerable<string> Options(Command command) =>
        command.Options.Select(option => option.Name).Concat(command.Subcommands.SelectMany(Options));
}
