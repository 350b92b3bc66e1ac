using System.CommandLine;
using System.Text.RegularExpressions;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Cli.Tests;

/// <summary>Command lines of pytorch-CycleGAN-and-pix2pix, CUT and pix2pixHD.</summary>
public sealed partial class ReferenceOptionsTests
{
    [Theory]
    [InlineData("train pix2pix --name facades", "'--name'. --output names the folder of the run.")]
    [InlineData("train pix2pix --pool_size 0", "'--pool_size'. Leave it out: this method has no pool")]
    [InlineData("train pix2pix --display_id=-1", "'--display_id=-1'. Leave it out: report.html")]
    [InlineData("train pix2pix --lambda_A 100", "'--lambda_A'. The weight of the L1 loss is --lambda-l1.")]
    [InlineData("train cyclegan --dataset_mode unaligned", "'--dataset_mode'. Leave it out: this command trains on")]
    [InlineData("train cyclegan --lambda_L1 10", "'--lambda_L1'. This command has no L1 loss")]
    [InlineData("train fastcut --CUT_mode FastCUT", "'--CUT_mode'. The command says it")]
    [InlineData("train pix2pixhd --no_instance", "'--no_instance'. Leave it out: instance images are read where")]
    [InlineData("train regression --netD basic", "'--netD'. This command has no choice of discriminators.")]
    [InlineData(
        "train --dataroot pairs pix2pix",
        "Options stand behind their command: 'imt train pix2pix --dataroot'."
    )]
    [InlineData("train pix2pix --epoch 5", "'--epoch'. Did you mean '--epochs'? --resume goes on")]
    [InlineData("train pix2pix --dataset_mode unaligned", "got 'unaligned'. 'imt train cyclegan', 'imt train cut' and")]
    [InlineData("train pix2pix --gpu_ids 0,1", "--gpu_ids: expected a whole number, but got '0,1'. A run has one GPU.")]
    [InlineData("train pix2pix --gpu_ids -1 --device cuda", "--device and --gpu contradict each other")]
    [InlineData("translate --results_dir r", "'--results_dir'. --output names the results.")]
    // pix2pixHD's number of classes for sources that are no label images.
    [InlineData("train pix2pixhd --label_nc 0 --output /nowhere/run --data /nowhere/at-all", "'/nowhere/at-all'")]
    // There is no L1 loss to weight.
    [InlineData("train bigan --lambda_A 10", "'--lambda_A'. It is an option of 'imt train cyclegan'.")]
    [InlineData("train cogan --pool_size 50", "'--pool_size'. Leave it out: this method has no pool")]
    // What is nobody's option is answered as ever.
    [InlineData("train pix2pix --lambda-l2 1", "'--lambda-l2'. Did you mean '--lambda-l1'")]
    [InlineData("data check --name x", "Unrecognized option '--name'.\n")]
    public async Task What_there_is_not_is_refused_with_what_to_use_instead(string line, string expected)
    {
        var (code, _, error) = await Imt.RunAsync(line.Split(' '));
        Assert.Equal(2, code);
        Assert.Contains(expected, error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_gpu_is_the_cpu()
    {
        using var folder = new TemporaryFolder();
        string pairs = folder.File("pairs");
        Assert.Equal(0, (await Imt.RunAsync("data", "synthesize", "--output", pairs, "--size", "32")).ExitCode);
        string line =
            "--direction BtoA --netG unet_16 --ngf 2 --ndf 2 --n_layers_D 1 --lambda_L1 100 --dataset_mode aligned "
            + "--norm batch --gan_mode lsgan --n_epochs 1 --n_epochs_decay 0 --load_size 20 --crop_size 16 "
            + "--preprocess scale_width_and_crop --no_flip --gpu_ids -1 --device cpu --lr_policy step --lr_decay_iters 50 "
            + "--max_dataset_size 1 --no-export";
        var (code, output, error) = await Imt.RunAsync([
            "train",
            "pix2pix",
            "--dataroot",
            pairs,
            "--output",
            folder.File("run"),
            .. line.Split(' '),
        ]);
        Assert.Equal((0, ""), (code, error));
        Assert.DoesNotContain("warning", output, StringComparison.Ordinal);
        Assert.Contains("\"device\": \"cpu\"", await File.ReadAllTextAsync(folder.File("run/options.json")));
    }

    [Fact]
    public void The_tables_of_the_documentation_name_no_option_that_nobody_knows()
    {
        string[] known = [.. Options("train")];
        string[] unknown =
        [
            .. File.ReadLines(Documentation())
                .Where(line => line.StartsWith("| `--", StringComparison.Ordinal))
                .SelectMany(line => Names().Matches(line.Split(" | ")[0]).Select(match => match.Value))
                .Where(name => !known.Contains(name) && ReferenceOptions.Instead(name, "imt train pix2pix") is null),
        ];
        Assert.Empty(unknown);
    }

    [Theory]
    [InlineData("train")]
    [InlineData("translate")]
    public void What_to_use_instead_exists(string command)
    {
        string[] here = [.. Options(command)];
        string[] elsewhere = [.. Options("export")];
        var hints = ReferenceOptions
            .Names("imt " + command)
            .Select(name => ReferenceOptions.Instead(name, "imt " + command)!)
            .ToList();
        Assert.True(hints.Count > 15);
        foreach (string hint in hints)
        foreach (Match name in Names().Matches(hint))
            Assert.True(here.Contains(name.Value) || elsewhere.Contains(name.Value), hint);
    }

    private static IEnumerable<string> Options(string command) =>
        Options(RootCommandFactory.Create().Subcommands.Single(one => one.Name == command));

    private static IEnumerable<string> Options(Command command) =>
        command
            .Options.SelectMany(option => option.Aliases.Append(option.Name))
            .Concat(command.Subcommands.SelectMany(Options));

    private static string Documentation()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "docs", "training.md")))
            folder = folder.Parent;
        return Path.Combine(folder.FullName, "docs", "training.md");
    }

    // Not those with a star for many.
    [GeneratedRegex(@"--[A-Za-z][\w-]*\b(?!\*)(?<!_)")]
    private static partial Regex Names();
}
