using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Cli.Tests;

public sealed class DataCommandTests
{
    [Fact]
    public async Task A_data_set_is_made_shown_checked_split_combined_and_cached()
    {
        using var folder = new TemporaryFolder();
        await Succeeds(
            "4 training and 2 validation pairs of 32x32",
            "data",
            "synthesize",
            "--output",
            folder.File("set"),
            "--train",
            "4",
            "--val",
            "2",
            "--size",
            "32"
        );
        await Succeeds(
            "4 of 4 images",
            "data",
            "show",
            "--data",
            folder.File("set/train"),
            "--output",
            folder.File("grid.png"),
            "--columns",
            "2"
        );
        Assert.True(ImageDecoder.Decode(folder.File("grid.png")).Width > 4 * 32);
        await Succeeds("nothing is wrong", "data", "check", "--data", folder.File("set"));
        await Succeeds(
            "4 images each",
            "data",
            "split",
            "--data",
            folder.File("set/train"),
            "--a",
            folder.File("a"),
            "--b",
            folder.File("b")
        );
        await Succeeds(
            "4 pairs",
            "data",
            "combine",
            "--a",
            folder.File("a"),
            "--b",
            folder.File("b"),
            "--output",
            folder.File("pairs")
        );
        Assert.Equal(
            ImageDecoder.Decode(folder.File("set/train/0003.png")).Pixels,
            ImageDecoder.Decode(folder.File("pairs/0003.png")).Pixels
        );
        await Succeeds(
            "4 images, ",
            "data",
            "cache",
            "--data",
            folder.File("pairs"),
            "--output",
            folder.File("p.imtcache"),
            "--size",
            "24"
        );
        var (left, right) = ImagePairs.FromStore(folder.File("p.imtcache")).Load(0);
        Assert.Equal(("24x24", "24x24"), (left.Size, right.Size));
        await Succeeds(
            "3 for training and 1 for validation",
            "data",
            "split-train-val",
            "--data",
            folder.File("pairs"),
            "--output",
            folder.File("sets"),
            "--val",
            "0.25"
        );
    }

    [Theory]
    [InlineData("sketch")]
    [InlineData("sketch", "--style", "edges")]
    [InlineData("gray")]
    [InlineData("downscale", "--factor", "2")]
    public async Task Photographs_become_pairs(string command, params string[] options)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("in"));
        ImageEncoder.Save(AerialMapSynthesizer.Create(1, 48).Aerial, folder.File("in/a.jpg"));
        await Succeeds(
            "1 pairs",
            [
                "data",
                command,
                "--data",
                folder.File("in"),
                "--output",
                folder.File("out"),
                "--pairs",
                "--size",
                "40",
                .. options,
            ]
        );
        var (changed, photo) = ImageDecoder.Decode(folder.File("out/a.png")).SplitPair();
        Assert.Equal("40x40", photo.Size);
        Assert.True(ImageScores.MeanAbsoluteError(changed, photo) > 1);
    }

    [Fact]
    public async Task A_bad_data_set_fails_the_check_and_is_reported()
    {
        using var folder = new TemporaryFolder();
        ImageEncoder.Save(new RgbImage(8, 4), folder.File("flat.png"));
        var (code, output, _) = await Imt.RunAsync(
            "data",
            "check",
            "--data",
            folder.Path,
            "--report",
            folder.File("r.json")
        );
        Assert.Equal(1, code);
        Assert.Contains("flat.png", output);
        Assert.Contains("\"Constant\"", File.ReadAllText(folder.File("r.json")));
    }

    [Fact]
    public async Task What_a_data_set_leaves_out_is_told()
    {
        using var folder = new TemporaryFolder();
        ImageEncoder.Save(AerialMapSynthesizer.Create(1, 32).Aerial, folder.File("train/a.png"));
        ImageEncoder.Save(AerialMapSynthesizer.Create(2, 32).Aerial, folder.File("train/more/b.jpg"));
        File.Move(folder.File("train/more/b.jpg"), folder.File("train/more/b.jfif"));
        File.WriteAllText(folder.File("train/._a.png"), "");
        File.WriteAllText(folder.File("train/c.gif"), "");
        var (code, output, _) = await Imt.RunAsync("data", "check", "--data", folder.Path);
        Assert.Equal(0, code);
        Assert.Contains("train: 2 images", output);
        Assert.Contains("1 hidden file (such as '._a.png')", output);
        Assert.Contains("1 file of other extensions (such as 'c.gif')", output);
    }

    [Fact]
    public async Task A_missing_folder_is_the_callers_mistake()
    {
        var (code, _, error) = await Imt.RunAsync("data", "show", "--data", "/nowhere/at/all", "--output", "x.png");
        Assert.Equal(2, code);
        Assert.Contains("/nowhere/at/all", error);
    }

    [Fact]
    public async Task Messages_about_samples_of_few_bits_name_an_option_that_there_is()
    {
        using var folder = new TemporaryFolder();
        foreach (string set in (string[])["trainA", "trainB"])
        {
            ushort[] samples = new ushort[16 * 16 * 3];
            samples.AsSpan(3).Fill(4000);
            var dark = new RgbImage16(16, 16, samples);
            Directory.CreateDirectory(folder.File(set));
            ImageEncoder.Save(dark, folder.File(set + "/0.png"));
        }
        SmallModel.Save(folder.File("model.onnx"));
        const string There = "or --value-range of 'imt translate'.",
            Here = "or --value-range.";
        var (code, output, _) = await Imt.RunAsync("data", "check", "--data", folder.Path);
        Assert.Equal(1, code);
        Assert.Contains(There, output);
        (code, output, _) = await Imt.RunAsync(
            "train",
            "pix2pix",
            "--data",
            folder.Path,
            "--output",
            folder.File("run")
        );
        Assert.Equal(2, code);
        Assert.Contains(There, output);
        (code, _, string error) = await Imt.RunAsync(
            "translate",
            "--model",
            folder.File("model.onnx"),
            "--input",
            folder.File("trainA"),
            "--output",
            folder.File("out")
        );
        Assert.Equal(1, code);
        Assert.Contains(Here, error);
        Assert.DoesNotContain(There, error);
        (code, _, error) = await Imt.RunAsync("data", "check", "--data", folder.Path, "--value-range=0..4095");
        Assert.Equal(2, code);
        Assert.Contains("Unrecognized option '--value-range=0..4095'. It is an option of 'imt translate'.", error);
        (code, _, error) = await Imt.RunAsync("data", "check", "--data", folder.Path, "--lambda-nce", "3");
        Assert.Equal(2, code);
        Assert.Contains("It is an option of 'imt train cut' and 'imt train fastcut'.", error);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("data", "check")]
    [InlineData("train", "pix2pix")]
    public async Task A_pipe_is_no_dataset(string group, string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Files of Linux.");
        using var folder = new TemporaryFolder();
        string pipe = folder.File("pipe");
        using (var make = System.Diagnostics.Process.Start("mkfifo", [pipe]))
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        string[] output = group == "train" ? ["--output", folder.File("run")] : [];
        foreach (string file in (string[])[pipe, "/dev/zero"])
        {
            var (code, _, error) = await Imt.RunAsync([group, command, "--data", file, .. output]);
            Assert.Equal(2, code);
            Assert.Contains($"'{file}' is empty, or not a regular file", error);
        }
        Assert.False(Directory.Exists(folder.File("run")));
    }

    private static async Task Succeeds(string expected, params string[] arguments)
    {
        var (code, output, error) = await Imt.RunAsync(arguments);
        Assert.True(code == 0, $"imt {string.Join(' ', arguments)} exited with {code}: {error}");
        Assert.Contains(expected, output);
    }
}
