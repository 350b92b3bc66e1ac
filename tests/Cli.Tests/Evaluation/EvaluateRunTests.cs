using System.Text.Json;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Cli.Tests.Evaluation;

public sealed class EvaluateRunTests
{
    [Fact]
    public async Task Every_snapshot_of_a_run_is_scored_as_the_trainer_validated_it()
    {
        using var folder = new TemporaryFolder();
        string pairs = folder.File("pairs"), run = folder.File("run");
        Assert.Equal(0, (await Imt.RunAsync("data", "synthesize", "--output", pairs, "--train", "3", "--val", "2", "--size", "32")).ExitCode);
        var trained = await Imt.RunAsync("train", "pix2pix", "--data", pairs, "--output", run, "--generator", "unet-32", "--ngf", "4", "--ndf", "4", "--discriminator-layers", "1",
            "--load-size", "32", "--crop-size", "32", "--epochs", "2", "--decay-epochs", "0", "--save-epoch-freq", "1", "--sample-every", "0", "--no-export");
        Assert.True(trained.ExitCode == 0, trained.Error);

        var (code, output, error) = await Imt.RunAsync("evaluate", run, "--by", "psnr");
        Assert.True(code == 0, error);
        Assert.Contains("2 snapshots of generator on 2 pairs", output);
        var evaluation = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "evaluation.json"))).RootElement.GetProperty("generators").GetProperty("generator");
        var scores = evaluation.GetProperty("snapshots").EnumerateArray().ToDictionary(s => s.GetProperty("epoch").GetString()!, s => (L1: s.GetProperty("l1").GetDouble(), Psnr: s.GetProperty("psnr").GetDouble()));
        Assert.Equal(["1", "2"], scores.Keys);
        Assert.Equal(scores.MaxBy(s => s.Value.Psnr).Key, evaluation.GetProperty("best").GetString());
        // The trainer's own validation is the oracle: torch there, the exported file here.
        foreach (var line in File.ReadLines(Path.Combine(run, "validation.jsonl")).Select(line => JsonDocument.Parse(line).RootElement))
            Assert.Equal(line.GetProperty("l1").GetDouble(), scores[line.GetProperty("epoch").GetRawText()].L1, 0.05);
    }
}
