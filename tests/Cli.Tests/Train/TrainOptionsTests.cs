using System.Text.Json.Nodes;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli.Tests;

/// <summary>Where the options of a run come from, and what is refused.</summary>
public sealed class TrainOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TrainOptionsTests()
    {
        Directory.CreateDirectory(_folder.File("data"));
        for (int i = 0; i < 2; i++)
        {
            ImageEncoder.Save(RgbImage.Filled(40, 20, (byte)(90 * i), 20, 90), _folder.File($"data/{i}.png"));
        }
    }

    private string Run => _folder.File("run");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_begins_with_the_options_of_another_and_the_command_line_wins()
    {
        Assert.Equal((0, ""), await Train(["--output", Run, .. Small, "--lambda-l1", "7", "--seed", "3"]));
        string other = _folder.File("other");
        string config = Path.Combine(Run, "options.json");
        Assert.Equal((0, ""), await Train("--config", config, "--output", other, "--seed", "5", "--no-export"));
        var options = Options(other);
        Assert.Equal(7, options["l1Weight"]!.GetValue<double>());
        Assert.Equal(2, options["generatorFilters"]!.GetValue<int>());
        Assert.Equal(5, options["seed"]!.GetValue<long>());

        // Edited by hand, with the options alone.
        options["l1Weight"] = 8;
        File.WriteAllText(_folder.File("mine.json"), options.ToJsonString());
        string third = _folder.File("third");
        Assert.Equal((0, ""), await Train("--config", _folder.File("mine.json"), "--output", third, "--no-export"));
        Assert.Equal(8, Options(third)["l1Weight"]!.GetValue<double>());
    }

    [Theory]
    [InlineData("""{"trainer": 5, "options": {}}""", "is about trainer 5; expected \"pix2pix\"")]
    [InlineData("""{"trainer": "cyclegan", "options": {}}""", "is about trainer \"cyclegan\"")]
    [InlineData("""{"options": {"lerningRate": 1}}""", "trainer \"pix2pix\" has no option \"lerningRate\"")]
    [InlineData("""{"options": {"epochs": "many"}}""", "cannot be read: option \"epochs\" cannot be \"many\".")]
    [InlineData("""{"options": {"seed": 1e40}}""", "cannot be read: option \"seed\" cannot be 1e40.")]
    [InlineData("""{"options": {"cropSize": "big"}}""", "'big' is not an image size")]
    [InlineData("""{"options": 3}""", "expected \"options\" to be a JSON object")]
    [InlineData("[]", "is not a JSON object")]
    [InlineData("{", "cannot be read")]
    public async Task Other_files_are_refused_by_name(string content, string message)
    {
        string file = _folder.File("run.json");
        File.WriteAllText(file, content);
        var (code, error) = await Train("--config", file, "--data", _folder.File("data"), "--output", Run);
        Assert.Equal(2, code);
        Assert.Contains($"'{file}'", error);
        Assert.Contains(message, error);
        Assert.False(Directory.Exists(Run));
    }

    [Theory]
    [InlineData("--dropout and --no-dropout", "--dropout", "--no-dropout")]
    [InlineData("--serial-batches and --with-replacement", "--serial-batches", "--with-replacement")]
    [InlineData("--generator and --generator-file", "--generator", "unet-16", "--generator-file", "mine.json")]
    [InlineData("--device and --gpu", "--device", "cpu", "--gpu", "0")]
    [InlineData("--config and --preset", "--config", "run.json", "--preset", "maps")]
    public async Task Options_that_contradict_each_other_are_refused(string message, params string[] options)
    {
        var (code, error) = await Train(["--data", _folder.File("data"), "--output", Run, .. options]);
        Assert.Equal(2, code);
        Assert.Contains(message, error);
    }

    [Fact]
    public async Task Sizes_are_numbers_or_width_and_height()
    {
        string[] sizes = ["--crop-size", "32x16", "--load-size", "40x16", "--no-export"];
        Assert.Equal((0, ""), await Train(["--data", _folder.File("data"), "--output", Run, .. Small, .. sizes]));
        Assert.Equal("32x16", Options(Run)["cropSize"]!.GetValue<string>());
        Assert.Equal("40x16", Options(Run)["loadSize"]!.GetValue<string>());
        string other = _folder.File("other");
        var (code, error) = await Train([
            "--data",
            _folder.File("data"),
            "--output",
            other,
            .. Small,
            "--crop-size",
            "32x",
        ]);
        Assert.Equal(2, code);
        Assert.Contains("--crop-size: expected WIDTHxHEIGHT such as 512x256", error);
        Assert.Contains("'32x'", error);
    }

    [Fact]
    public async Task Augmentations_are_named_with_commas_between_them()
    {
        string[] data = ["--data", _folder.File("data"), "--output", Run];
        Assert.Equal((0, ""), await Train([.. data, .. Small, "--diff-augment", "color, Cutout", "--rotation", "3"]));
        Assert.Equal("color, cutout", Options(Run)["discriminatorAugmentation"]!.GetValue<string>());
        Assert.Equal(3, Options(Run)["rotation"]!.GetValue<double>());
        var (code, error) = await Train([.. data, .. Small, "--diff-augment", "colour"]);
        Assert.Equal(2, code);
        Assert.Contains("--diff-augment: expected color, translation, cutout", error);
        Assert.Contains("'colour'", error);
    }

    [Fact]
    public async Task A_run_is_prolonged_where_that_is_asked_for()
    {
        Assert.Equal((0, ""), await Train(["--output", Run, .. Small]));
        var (code, error) = await Train("--output", Run, "--resume", "--epochs", "2", "--no-export");
        Assert.Equal(2, code);
        Assert.Contains("Set --allow-changed-epochs to train this run for another number of epochs.", error);
        Assert.Equal(
            (0, ""),
            await Train("--output", Run, "--resume", "--allow-changed-epochs", "--epochs", "2", "--no-export")
        );
        Assert.Equal(2, Options(Run)["epochs"]!.GetValue<int>());
        Directory.Move(_folder.File("data"), _folder.File("moved"));
        string[] moved = ["--output", Run, "--resume", "--data", _folder.File("moved"), "--no-export"];
        (code, error) = await Train(moved);
        Assert.Equal(2, code);
        Assert.Contains("--allow-moved-data", error);
        Assert.Equal((0, ""), await Train([.. moved, "--data-moved"]));
    }

    [Theory]
    [InlineData("--cache-mb", "-1")]
    [InlineData("--init-gain", "-1")]
    [InlineData("--epochs", "-1")]
    [InlineData("--lambda_L1", "-1")]
    public async Task Values_out_of_range_are_refused_by_the_name_that_was_typed(string option, string value)
    {
        var (code, error) = await Train(["--data", _folder.File("data"), "--output", Run, .. Small, option, value]);
        Assert.Equal(2, code);
        Assert.Contains(option, error);
        Assert.DoesNotContain("unexpected", error);
        // A command line that failed leaves nothing behind.
        Assert.False(Directory.Exists(Run));
    }

    [Fact]
    public async Task Dropout_is_exported_only_where_there_is_some()
    {
        Assert.Equal((0, ""), await Train(["--output", Run, .. Small, "--no-dropout"]));
        var (code, _, error) = await Imt.RunAsync("export", Run, "--output", _folder.File("m.onnx"), "--dropout");
        Assert.Equal(2, code);
        Assert.Contains("has no dropout, but --dropout asks for some", error);
        Assert.False(File.Exists(_folder.File("m.onnx")));
    }

    [Fact]
    public async Task Asking_for_a_GPU_asks_for_CUDA()
    {
        Assert.SkipWhen(TorchSharp.torch.cuda.is_available(), "This machine has CUDA.");
        var (code, error) = await Train(["--output", Run, .. Small, "--gpu", "7"]);
        Assert.Equal(2, code);
        Assert.Contains("finds no CUDA device", error);
        Assert.DoesNotContain("unexpected", error);
        Assert.False(Directory.Exists(Run));
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("CPU")]
    [InlineData("Auto")]
    public async Task Devices_are_read_in_any_case(string device) =>
        Assert.Equal((0, ""), await Train(["--output", Run, .. Small, "--device", device]));

    [Theory]
    [InlineData("5")]
    [InlineData("[]")]
    public async Task A_run_whose_trainer_has_no_name_is_refused(string trainer)
    {
        Directory.CreateDirectory(Run);
        File.WriteAllText(Path.Combine(Run, "options.json"), "{\"trainer\": " + trainer + ", \"options\": {}}");
        var (code, error) = await Train("--output", Run, "--resume");
        Assert.Equal(2, code);
        Assert.Contains($"holds a run of {trainer}", error);
    }

    [Fact]
    public async Task A_folder_that_was_there_before_stays()
    {
        Directory.CreateDirectory(Run);
        var (code, _) = await Train("--data", _folder.File("nowhere"), "--output", Run);
        Assert.Equal(2, code);
        Assert.True(Directory.Exists(Run));
    }

    private string[] Small =>
        [
            "--data",
            _folder.File("data"),
            "--generator",
            "unet-16",
            "--ngf",
            "2",
            "--ndf",
            "2",
            "--discriminator-layers",
            "1",
            "--load-size",
            "16",
            "--crop-size",
            "16",
            "--epochs",
            "1",
            "--decay-epochs",
            "0",
            "--threads",
            "1",
            "--no-flush",
            "--no-export",
        ];

    private static async Task<(int ExitCode, string Error)> Train(params string[] arguments)
    {
        // An option may be given once: the last one of these counts.
        var last = new List<string>();
        var (code, _, error) = await Imt.RunAsync(["train", "pix2pix", .. arguments.Aggregate(last, Append)]);
        return (code, error);
    }

    private static List<string> Append(List<string> arguments, string next)
    {
        int before = next.StartsWith("--", StringComparison.Ordinal) ? arguments.IndexOf(next) : -1;
        if (before >= 0)
        {
            arguments.RemoveRange(before, arguments[before + 1].StartsWith("--", StringComparison.Ordinal) ? 1 : 2);
        }

        arguments.Add(next);
        return arguments;
    }

    private static JsonObject Options(string run) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(run, "options.json")))!["options"]!.AsObject();
}
