using System.CommandLine;
using System.Text.RegularExpressions;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Cli.Tests;

/// <summary>Whatever is wrong with an option of a trainer, the error names it as it was typed.</summary>
public sealed partial class OptionErrorsTests
{
    private const string Missing = "/nowhere/at-all";

    // They take any text: names of files and folders, which the error names instead.
    private static readonly string[] s_texts =
    [
        "--data",
        "--output",
        "--config",
        "--data-a",
        "--data-b",
        "--initial-generator",
        "--initial-reverse-generator",
        "--initial-discriminator",
        "--initial-reverse-discriminator",
        "--instances",
        "--vgg",
        "--label-palette",
        "--generator-file",
        "--discriminator-file",
    ];

    public static TheoryData<string> Commands => [.. Trainers().Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_option_is_named_in_errors_about_its_value(string trainer)
    {
        var wrong = new List<string>();
        int refused = 0;
        foreach (var (name, type, isAlias) in Options(trainer))
        foreach (string value in isAlias ? ["x", "-1"] : Values(type))
        {
            string[] vgg = trainer == "feature-gan" && name != "--vgg" ? ["--vgg", Missing] : [];
            var (code, error) = await Train(trainer, [.. vgg, $"{name}={value}"]);
            if (code != 2 || Properties().IsMatch(error))
                wrong.Add($"{name}={value}: {code} {error}");
            // The value will do, on machines that are not this one.
            if (error.Contains(Missing, StringComparison.Ordinal) || error.Contains("libtorch finds"))
                continue;
            refused++;
            if (!error.Contains(name, StringComparison.Ordinal))
                wrong.Add($"{name}={value}: {error}");
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.True(refused > 30);
    }

    [Theory]
    [InlineData("--preprocess", "none", "expected a mode that crops, as the generators make images of one size")]
    [InlineData("--gan-mode", "wgangp", "expected ")]
    public async Task Words_are_named_in_errors_as_they_were_typed(string option, string word, string expected)
    {
        var (code, _, error) = await Imt.RunAsync(
            "train",
            "cogan",
            "--data",
            Missing,
            "--output",
            Missing + "/run",
            option,
            word
        );
        Assert.Equal(2, code);
        Assert.StartsWith($"imt: {option}: {expected}", error);
        Assert.EndsWith($", but got {word}.", error.TrimEnd());
    }

    [Theory]
    [InlineData(
        "pix2pix",
        "--early-stopping is without effect: --validate-every is 0.",
        "--early-stopping=3",
        "--validate-every=0"
    )]
    [InlineData("cyclegan", "--validation-fraction is without effect: unpaired", "--validation-fraction=0.1")]
    [InlineData("cogan", "--data is without effect: --data-a and --data-b are given.", "--data-a=a", "--data-b=b")]
    [InlineData("cut", "--nce-batch-negatives is without effect: --batch-size is 1.", "--nce-batch-negatives=true")]
    [InlineData(
        "regression",
        "--unfreeze-blocks is without effect: --unfreeze-after is not set.",
        "--unfreeze-blocks=2"
    )]
    public async Task Options_without_effect_are_refused_in_the_words_of_the_command_line(
        string trainer,
        string message,
        params string[] options
    )
    {
        var (code, error) = await Train(trainer, options);
        Assert.Equal(2, code);
        Assert.StartsWith("imt: " + message, error);
    }

    // On data that is not there, should the options be right.
    private static async Task<(int Code, string Error)> Train(string trainer, string[] options)
    {
        var (code, _, error) = await Imt.RunAsync([
            "train",
            trainer,
            "--data",
            Missing,
            "--output",
            Missing + "/run",
            .. options,
        ]);
        return (code, error);
    }

    private static IEnumerable<Command> Trainers() =>
        RootCommandFactory.Create().Subcommands.Single(command => command.Name == "train").Subcommands;

    // Each with all of its names.
    private static IEnumerable<(string Name, Type Type, bool IsAlias)> Options(string trainer) =>
        Trainers()
            .Single(command => command.Name == trainer)
            .Options.Where(option => option.ValueType != typeof(bool) && !s_texts.Contains(option.Name))
            .SelectMany(option =>
                option
                    .Aliases.Where(alias => alias.StartsWith("--", StringComparison.Ordinal))
                    .Prepend(option.Name)
                    .Distinct()
                    .Select(name => (name, option.ValueType, name != option.Name))
            );

    private static string[] Values(Type type) =>
        type == typeof(int) ? ["-1", "0", "2000000000", "1.5", "x"]
        : type == typeof(long) ? ["1.5", "x"]
        : type == typeof(double) ? ["-1", "0", "NaN", "Infinity", "1e300", "x"]
        : type == typeof(ImageSize) ? ["0", "1", "-5", "70000x3", "3x", "x"]
        : type == typeof(string) ? ["x"]
        : ["x", "99"];

    // Names of the libraries' options, such as DiscriminatorLayers.
    [GeneratedRegex(@"(?<!-)\b[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+\b|\bOptions\b|Parameter '")]
    private static partial Regex Properties();
}
