using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Cli.Tests;

public sealed class TrainCommandTests
{
    [Fact]
    public void A_run_that_is_killed_ten_times_ends_bit_for_bit_like_one_that_was_not()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGKILL is a matter of POSIX systems.");
        using var folder = new TemporaryFolder();
        WritePairs(folder.File("data"), 6);
        using (var whole = new ImtProcess(Arguments(folder, "whole")))
            Assert.Equal((0, ""), whole.End());
        var random = new Random(20);
        int kills = 0,
            last = 0;
        while (kills < 10)
        {
            using var part = new ImtProcess([.. Arguments(folder, "parts"), "--resume"]);
            // Somewhere in the work after one of the next steps: between or inside writing logs, checkpoints, samples.
            int stop = last + random.Next(1, 7);
            Assert.True(
                part.ReadUntil(line => Step(line) is { } step && (last = step) >= stop),
                "the run ended before it was killed ten times"
            );
            part.Kill();
            kills++;
        }
        using (var rest = new ImtProcess([.. Arguments(folder, "parts"), "--resume"]))
            Assert.Equal((0, ""), rest.End());
        Assert.Equal(Hashes(folder.File("whole")), Hashes(folder.File("parts")));
        Assert.Equal(90, File.ReadLines(folder.File("parts/log.jsonl")).Count());
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    public void A_signal_finishes_the_step_saves_and_exits_with_its_code(string signal, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are a matter of POSIX systems.");
        ImtProcess.SkipIfIgnored(code - 128);
        using var folder = new TemporaryFolder();
        WritePairs(folder.File("data"), 3);
        string[] arguments =
        [
            .. With(With(Arguments(folder, "run"), "--epochs", "100000"), "--checkpoint-steps", "0"),
            "--checkpoint-epochs",
            "0",
        ];
        using var run = new ImtProcess(arguments);
        Assert.True(run.ReadUntil(line => Step(line) is >= 2));
        run.Signal(signal);
        Assert.Equal(code, run.End().ExitCode);
        string checkpoint = Assert.Single(Directory.GetDirectories(folder.File("run/checkpoints")));
        var state = JsonDocument
            .Parse(File.ReadAllText(Path.Combine(checkpoint, "state.json")))
            .RootElement.GetProperty("state");
        Assert.Equal(File.ReadLines(folder.File("run/log.jsonl")).Count(), state.GetProperty("step").GetInt32());
    }

    [Theory]
    [InlineData(null, "5000")]
    [InlineData("77", "77")]
    public void Libtorchs_threads_sleep_soon_unless_the_environment_says_otherwise(string? chosen, string expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "GNU OpenMP's environment");
        using var folder = new TemporaryFolder();
        WritePairs(folder.File("data"), 2);
        // libgomp itself says what it found when it was loaded.
        var environment = new Dictionary<string, string?>
        {
            ["OMP_DISPLAY_ENV"] = "VERBOSE",
            ["OMP_WAIT_POLICY"] = null,
            ["GOMP_SPINCOUNT"] = chosen,
        };
        using var run = new ImtProcess(With(Arguments(folder, "run"), "--epochs", "1"), environment);
        Assert.Contains($"GOMP_SPINCOUNT = '{expected}'", run.End().Error);
    }

    [Fact]
    public async Task Training_and_export_work_from_the_command_line_with_the_references_names()
    {
        using var folder = new TemporaryFolder();
        WritePairs(folder.File("data"), 3);
        var (code, output, error) = await Imt.RunAsync(
            "train",
            "pix2pix",
            "--dataroot",
            folder.File("data"),
            "--output",
            folder.File("run"),
            "--netG",
            "unet_16",
            "--ngf",
            "4",
            "--ndf",
            "4",
            "--n_layers_D",
            "1",
            "--load_size",
            "18",
            "--crop_size",
            "16",
            "--n_epochs",
            "1",
            "--n_epochs_decay",
            "0",
            "--lambda_L1",
            "50",
            "--gan_mode",
            "lsgan",
            "--direction",
            "BtoA",
            "--print_freq",
            "1",
            "--lr_policy",
            "cosine",
            "--init_type",
            "xavier",
            "--norm",
            "instance",
            "--no_dropout",
            "--tensorboard"
        );
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("step 3/3", output);
        var options = JsonDocument
            .Parse(File.ReadAllText(folder.File("run/options.json")))
            .RootElement.GetProperty("options");
        Assert.Equal(
            (50, "least-squares", "BtoA", false),
            (
                options.GetProperty("l1Weight").GetDouble(),
                options.GetProperty("objective").GetString(),
                options.GetProperty("direction").GetString(),
                options.GetProperty("dropout").GetBoolean()
            )
        );
        Assert.True(File.Exists(folder.File("run/model.onnx")));
        Assert.True(File.Exists(folder.File("run/report.html")));
        var exported = await Imt.RunAsync(
            "export",
            folder.File("run"),
            "--output",
            folder.File("m.onnx"),
            "--epoch",
            "1",
            "--size",
            "32x16"
        );
        Assert.Equal((0, ""), (exported.ExitCode, exported.Error));
        Assert.Contains("largest error", exported.Output);
    }

    [Fact]
    public async Task Training_goes_on_from_PyTorch_checkpoints()
    {
        Assert.SkipWhen(PythonOracle.WhyMissing("torch") is not null, PythonOracle.WhyMissing("torch") ?? "");
        using var folder = new TemporaryFolder();
        WritePairs(folder.File("data"), 1);
        PythonOracle.Run(
            """
            import sys, torch
            sys.path.insert(0, sys.argv[2])
            from reference_networks import patch, shake, unet
            for name, made in ('g', unet(4, 4, 'batch')), ('d', patch(1, 4, 'batch')):
                shake(made[0])
                torch.save(made[1].state_dict(), f'{sys.argv[1]}/{name}.pth', _use_new_zipfile_serialization=name == 'g')
            """,
            folder.Path,
            PythonOracle.ModuleFolder
        );
        // At a rate that moves no float, the run's weights stay those of the files; only batch norms go on counting.
        var (code, _, error) = await Imt.RunAsync([
            .. With(With(Shallow(Arguments(folder, "run")), "--epochs", "1"), "--decay-epochs", "0"),
            "--lr",
            "1e-30",
            "--initial-generator",
            folder.File("g.pth"),
            "--initial-discriminator",
            folder.File("d.pth"),
        ]);
        Assert.Equal((0, ""), (code, error));
        string checkpoint = Assert.Single(Directory.GetDirectories(folder.File("run/checkpoints")));
        foreach (var (file, name) in new[] { ("g.pth", "generator"), ("d.pth", "discriminator") })
        {
            var (expected, weights) = (
                NetworkFile.Import(folder.File(file)).Weights,
                StateDict.Read(Path.Combine(checkpoint, name + ".safetensors"))
            );
            foreach (var weight in expected.Names.Where(weight => !weight.Contains("running_")))
                Assert.True(expected[weight].Values.SequenceEqual(weights[weight].Values), $"{name} {weight}");
        }

        // A file of another network is the caller's mistake.
        (code, _, error) = await Imt.RunAsync([
            .. Shallow(Arguments(folder, "other")),
            "--initial-generator",
            folder.File("d.pth"),
        ]);
        Assert.Equal(2, code);
        Assert.Contains("do not fit network 'unet-16'", error);
        Assert.Contains("d.pth", error);
    }

    [Theory]
    [InlineData("pix2pix", "pix2pix", "unet-32", 32, "\"direction\": \"AtoB\"")]
    [InlineData("pix2pix", "facades", "unet-32", 32, "\"direction\": \"BtoA\"")]
    [InlineData("pix2pix", "maps", "unet-32", 32, "\"direction\": \"AtoB\"")]
    [InlineData(
        "pix2pix",
        "keras-pix2pix",
        null,
        256,
        "\"generator\": \"keras-unet-256\"",
        "\"epsilon\": 1E-07",
        "\"separateDiscriminatorUpdates\": true"
    )]
    [InlineData("cyclegan", "cyclegan", "resnet-1", 32, "\"objective\": \"least-squares\"")]
    [InlineData("cyclegan", "horse2zebra", "resnet-1", 32, "\"poolSize\": 50")]
    [InlineData("cyclegan", "keras-cyclegan", null, 32, "\"generator\": \"keras-resnet-6\"", "\"epsilon\": 1E-07")]
    [InlineData("regression", "plain-unet", "plain-unet", 16, "\"beta1\": 0.9")]
    [InlineData("regression", "encoder-decoder", "encoder-decoder-16", 16, "\"loss\": \"l1\"")]
    public async Task Presets_train_with_their_options_and_the_command_line_wins(
        string trainer,
        string preset,
        string? generator,
        int size,
        params string[] expected
    )
    {
        using var folder = new TemporaryFolder();
        WritePairs(folder.File("data"), 2);
        foreach (string side in new[] { "trainA", "trainB" })
            WritePairs(folder.File($"data/{side}"), 2);
        var (code, output, error) = await Imt.RunAsync([
            "train",
            trainer,
            "--preset",
            preset,
            "--data",
            folder.File("data"),
            "--output",
            folder.File("run"),
            "--epochs",
            "2",
            "--decay-epochs",
            "0",
            "--ngf",
            "2",
            .. trainer == "regression" ? [] : new[] { "--ndf", "2" },
            .. generator is null ? [] : new[] { "--generator", generator },
            "--load-size",
            $"{size}",
            "--crop-size",
            $"{size}",
            "--threads",
            "1",
            "--no-flush",
            "--log-every",
            "1",
        ]);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("Finished after", output);
        string options = File.ReadAllText(folder.File("run/options.json"));
        Assert.All(expected, part => Assert.Contains(part, options));
        Assert.Equal(trainer == "cyclegan" ? 2 : 1, Directory.GetFiles(folder.File("run"), "model*.onnx").Length);
    }

    [Fact]
    public async Task A_folder_in_which_another_process_trains_is_refused_and_left_alone()
    {
        using var folder = new TemporaryFolder();
        WritePairs(folder.File("data"), 3);
        Directory.CreateDirectory(folder.File("run"));
        using var held = new FileStream(
            folder.File("run/run.lock"),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None
        );
        var (code, _, error) = await Imt.RunAsync([.. Arguments(folder, "run")]);
        Assert.Equal(2, code);
        Assert.Contains($"Another process is training in '{folder.File("run")}'", error);
        // Nor does one that found no folder when it began, and fails, take it from under the other.
        var late = new NewRunFolder(folder.File("late"));
        Directory.CreateDirectory(folder.File("late"));
        using (new FileStream(folder.File("late/run.lock"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            late.DeleteIfUnused();
        Assert.True(Directory.Exists(folder.File("late")));
        late.DeleteIfUnused();
        Assert.False(Directory.Exists(folder.File("late")));
    }

    [Fact]
    public async Task A_resumed_run_with_changed_data_is_refused_in_the_words_of_the_command_line()
    {
        using var folder = new TemporaryFolder();
        WritePairs(folder.File("data"), 3);
        string[] first = [.. With(With(Arguments(folder, "run"), "--epochs", "1"), "--decay-epochs", "1")];
        Assert.Equal(0, (await Imt.RunAsync(first)).ExitCode);
        WritePairs(folder.File("data"), 4);
        string[] resume = ["train", "pix2pix", "--output", folder.File("run"), "--resume", "--no-export"];
        var (code, _, error) = await Imt.RunAsync(resume);
        Assert.Equal(2, code);
        Assert.Contains("--allow-changed-data", error);
        Assert.Contains("new: '", error);
        Assert.Equal(0, (await Imt.RunAsync([.. resume, "--allow-changed-data"])).ExitCode);
    }

    [Fact]
    public async Task A_resumed_run_takes_its_options_from_its_folder_and_refuses_others()
    {
        using var folder = new TemporaryFolder();
        WritePairs(folder.File("data"), 3);
        string[] resume = ["train", "pix2pix", "--output", folder.File("run"), "--resume", "--no-export"];
        Assert.Equal(
            0,
            (
                await Imt.RunAsync([.. With(With(Arguments(folder, "run"), "--epochs", "1"), "--decay-epochs", "1")])
            ).ExitCode
        );
        var (code, output, error) = await Imt.RunAsync(resume);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("the run was finished already", output);
        (code, _, error) = await Imt.RunAsync([.. resume, "--lambda-l1", "5"]);
        Assert.Equal(2, code);
        Assert.Contains("--lambda-l1: the run has 100, now 5", error);
        Assert.DoesNotContain("unexpected", error);
        (code, _, error) = await Imt.RunAsync("train", "regression", "--output", folder.File("run"), "--resume");
        Assert.Equal(2, code);
        Assert.Contains("holds a run of \"pix2pix\"", error);
        (code, _, error) = await Imt.RunAsync([.. Arguments(folder, "run")]);
        Assert.Equal(2, code);
        Assert.Contains("holds a run already", error);
    }

    [Fact]
    public async Task A_wrong_size_is_named_and_leaves_no_run_behind()
    {
        using var folder = new TemporaryFolder();
        WritePairs(folder.File("data"), 3);
        var arguments = With(
            With(With(Shallow(Arguments(folder, "run")), "--epochs", "1"), "--decay-epochs", "0"),
            "--load-size",
            "40"
        );
        var (code, _, error) = await Imt.RunAsync([.. With(arguments, "--crop-size", "24")]);
        Assert.Equal(2, code);
        Assert.Contains("--crop-size: expected sides that are multiples of 16", error);
        Assert.Equal(0, (await Imt.RunAsync([.. With(arguments, "--crop-size", "32")])).ExitCode);
    }

    [Fact]
    public async Task A_network_of_ones_own_comes_from_a_file()
    {
        using var folder = new TemporaryFolder();
        WritePairs(folder.File("data"), 3);
        Assert.Equal(
            0,
            (await Imt.RunAsync("summary", "unet-32", "--filters", "2", "--json", folder.File("mine.json"))).ExitCode
        );
        File.WriteAllText(
            folder.File("mine.json"),
            File.ReadAllText(folder.File("mine.json")).Replace("\"unet-32\"", "\"mine\"", StringComparison.Ordinal)
        );
        var arguments = With(
            With(With(With(Arguments(folder, "run"), "--epochs", "4"), "--decay-epochs", "0"), "--load-size", "32"),
            "--crop-size",
            "32"
        );
        // Instead of --generator and what belongs to it, not beside it.
        arguments = [.. arguments.Take(6), .. arguments.Skip(11)];
        var (code, _, error) = await Imt.RunAsync([.. arguments, "--generator-file", folder.File("mine.json")]);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("\"name\": \"mine\"", File.ReadAllText(folder.File("run/options.json")));

        // The network is in the run folder: without its last checkpoint the run goes on, to the same end, and exports.
        string log = File.ReadAllText(folder.File("run/log.jsonl"));
        Directory.Delete(Directory.GetDirectories(folder.File("run/checkpoints")).Max()!, true);
        File.Delete(folder.File("mine.json"));
        (code, string output, error) = await Imt.RunAsync(
            "train",
            "pix2pix",
            "--output",
            folder.File("run"),
            "--resume",
            "--no-export",
            "--no-flush"
        );
        Assert.Equal((0, ""), (code, error));
        Assert.DoesNotContain("finished already", output);
        Assert.Equal(log, File.ReadAllText(folder.File("run/log.jsonl")));
        (code, output, error) = await Imt.RunAsync("export", folder.File("run"), "--output", folder.File("mine.onnx"));
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("largest error", output);
        Assert.True(File.Exists(folder.File("mine.onnx")));

        (code, _, error) = await Imt.RunAsync([.. arguments, "--generator-file", folder.File("data/0.png")]);
        Assert.Equal(2, code);
        Assert.Contains("0.png': This is not the JSON of a network graph", error);
    }

    [Theory]
    [InlineData("--learning-rate", "1e30", 1, "not a finite number at step")]
    [InlineData("--device", "cuda", 2, "CUDA device 0 was asked for")]
    public async Task What_stops_training_is_said_plainly(string option, string value, int expected, string message)
    {
        Assert.SkipWhen(option == "--device" && TorchSharp.torch.cuda.is_available(), "This machine has CUDA.");
        using var folder = new TemporaryFolder();
        WritePairs(folder.File("data"), 3);
        var (code, _, error) = await Imt.RunAsync([.. With(Arguments(folder, "run"), option, value)]);
        Assert.Equal(expected, code);
        Assert.Contains(message, error);
        Assert.DoesNotContain("unexpected", error);
    }

    [Theory]
    [InlineData("--netG", "unet-3")]
    [InlineData("--load-size", "10")]
    [InlineData("--gan-mode", "hinge")]
    [InlineData("--epochs", "many")]
    [InlineData("--lambda-l1", "1,5")]
    [InlineData("--log-every", "99999999999")]
    [InlineData("--data", "/nowhere")]
    public async Task Mistakes_are_named_with_exit_code_2(string option, string value)
    {
        using var folder = new TemporaryFolder();
        WritePairs(folder.File("data"), 1);
        string name = option == "--netG" ? "--generator" : option;
        var (code, _, error) = await Imt.RunAsync([.. With(Arguments(folder, "run"), name, value)]);
        Assert.Equal(2, code);
        Assert.Contains(value, error);
    }

    // A U-Net of 16 pixels, none of whose blocks has dropout.
    private static IEnumerable<string> Shallow(IEnumerable<string> arguments) =>
        With(arguments.Where(argument => argument != "--dropout"), "--generator", "unet-16");

    private static IEnumerable<string> Arguments(TemporaryFolder folder, string run) =>
        [
            "train",
            "pix2pix",
            "--data",
            folder.File("data"),
            "--output",
            folder.File(run),
            "--generator",
            "resnet-1",
            "--dropout",
            "--ngf",
            "4",
            "--ndf",
            "4",
            "--discriminator-layers",
            "1",
            "--load-size",
            "18",
            "--crop-size",
            "16",
            "--epochs",
            "10",
            "--decay-epochs",
            "5",
            "--log-every",
            "1",
            "--threads",
            "1",
            "--checkpoint-steps",
            "4",
            "--sample-every",
            "3",
            "--save-epoch-freq",
            "3",
            "--average-decay",
            "0.9",
            "--no-export",
            "--no-flush",
        ];

    // An option may be given once: the value of one that is there is replaced.
    private static IEnumerable<string> With(IEnumerable<string> arguments, string option, string value)
    {
        var list = arguments.ToList();
        int place = list.IndexOf(option);
        if (place < 0)
            return [.. list, option, value];
        list[place + 1] = value;
        return list;
    }

    private static int? Step(string line)
    {
        int at = line.IndexOf(" step ", StringComparison.Ordinal);
        return at < 0 || !line.StartsWith("epoch", StringComparison.Ordinal)
            ? null
            : int.Parse(line[(at + 6)..line.IndexOf('/', at)], CultureInfo.InvariantCulture);
    }

    private static void WritePairs(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        for (int i = 0; i < count; i++)
        {
            var pair = new RgbImage(40, 20);
            for (int k = 0; k < pair.Pixels.Length; k++)
                pair.Pixels[k] = (byte)(127 + 100 * Math.Sin(0.01 * k * (i + 1)));
            ImageEncoder.Save(pair, Path.Combine(folder, $"{i}.png"));
        }
    }

    private static Dictionary<string, string> Hashes(string run)
    {
        string checkpoint = Directory
            .EnumerateDirectories(Path.Combine(run, "checkpoints"), "step-*")
            .Max(StringComparer.Ordinal)!;
        return Directory
            .EnumerateFiles(checkpoint)
            .Append(Path.Combine(run, "log.jsonl"))
            .Append(Path.Combine(run, "snapshots", "generator-epoch-0015.safetensors"))
            .ToDictionary(
                path => Path.GetRelativePath(run, path),
                path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))
            );
    }
}
