using Microsoft.ML;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Samples.Tests;

/// <summary>
/// Trains a small model with one sample and uses it with another, and runs the import sample on a checkpoint of
/// PyTorch, as their READMEs say.
/// </summary>
public sealed class ConsoleSampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 300_000)]
    public async Task WhatTheTrainSampleSavesTheScoreSampleUses()
    {
        foreach (var (phase, first, count) in new[] { ("train", 0, 3), ("val", 3, 2) })
            for (int seed = first; seed < first + count; seed++)
            {
                var (aerial, map) = AerialMapSynthesizer.Create(seed, 64);
                Save(aerial, $"data/{phase}/A/{seed}.png");
                Save(map, $"data/{phase}/B/{seed}.png");
            }
        var (code, output, error) = await SampleProcess.RunAsync(
            "ImageTranslation_Train",
            _folder.Path,
            "data",
            "trained",
            "1"
        );
        Assert.True(code == 0, error);
        Assert.Contains("PSNR", output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File("trained/run/model.onnx")));

        // Images of other sizes than those of the training.
        for (int i = 0; i < 3; i++)
            Save(AerialMapSynthesizer.Create(10 + i, 70 + i).Aerial, $"photos/{i}.png");
        (code, output, error) = await SampleProcess.RunAsync(
            "ImageTranslation_Score",
            _folder.Path,
            "trained/run/model.onnx",
            "photos",
            "translated"
        );
        Assert.True(code == 0, error);
        Assert.Contains("3 images", output, StringComparison.Ordinal);
        using var engine = new TranslationEngine(_folder.File("trained/run/model.onnx"));
        for (int i = 0; i < 3; i++)
        {
            var expected = engine.Translate(ImageDecoder.Decode(_folder.File($"photos/{i}.png"))).Pixels;
            Assert.Equal(expected, ImageDecoder.Decode(_folder.File($"translated/pipeline-{i}.png")).Pixels);
            Assert.Equal(expected, ImageDecoder.Decode(_folder.File($"translated/folder/{i}.png")).Pixels);
        }
        Assert.Equal(
            (128, 128),
            (
                ImageDecoder.Decode(_folder.File("translated/prediction-engine.png")) is var single
                    ? (single.Width, single.Height)
                    : default
            )
        );
        Assert.Equal(3, File.ReadLines(_folder.File("translated/report.jsonl")).Count());

        // The zip is ML.NET's own.
        var chain = new MLContext().Model.Load(_folder.File("trained/model.zip"), out _);
        Assert.DoesNotContain(
            chain as IEnumerable<ITransformer> ?? [chain],
            transformer => transformer is ImageTranslationTransformer
        );
    }

    [Fact(Timeout = 300_000)]
    public async Task WithoutArgumentsTheScoreSampleSaysWhereModelsComeFrom()
    {
        var (code, _, error) = await SampleProcess.RunAsync("ImageTranslation_Score", _folder.Path);
        Assert.Equal(2, code);
        Assert.Contains("./demo.sh", error, StringComparison.Ordinal);
        Directory.CreateDirectory(_folder.File("nothing"));
        File.WriteAllText(_folder.File("model.onnx"), "");
        (code, _, error) = await SampleProcess.RunAsync(
            "ImageTranslation_Score",
            _folder.Path,
            "model.onnx",
            "nothing"
        );
        Assert.Equal(2, code);
        Assert.Contains("'nothing'", error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 300_000)]
    public async Task TheImportSampleTakesACheckpointOfPythonToAPipeline()
    {
        Assert.SkipWhen(
            PythonOracle.WhyMissing("torch", "PIL") is not null,
            PythonOracle.WhyMissing("torch", "PIL") ?? ""
        );
        var image = AerialMapSynthesizer.Create(4, 64).Aerial;
        Save(image, "photo.png");
        // What the reference's test.py would do with the image: to -1..1, through the network, back to levels.
        PythonOracle.Run(
            """
            import sys, torch
            from PIL import Image
            sys.path.insert(0, sys.argv[2])
            from reference_networks import resnet
            torch.manual_seed(2)
            net, module = resnet(2, 4, 'instance')
            torch.save({'module.' + name: value for name, value in module.state_dict().items()}, f'{sys.argv[1]}/latest_net_G.pth')
            photo = torch.tensor(list(Image.open(f'{sys.argv[1]}/photo.png').convert('RGB').tobytes()), dtype=torch.uint8).view(64, 64, 3)
            with torch.no_grad(): y = module.eval()((photo.float() / 127.5 - 1).permute(2, 0, 1)[None])[0].permute(1, 2, 0)
            levels = ((y + 1) * 127.5).round().clamp(0, 255).byte()
            Image.frombytes('RGB', (64, 64), bytes(levels.flatten().tolist())).save(f'{sys.argv[1]}/expected.png')
            """,
            _folder.Path,
            PythonOracle.ModuleFolder
        );
        var (code, output, error) = await SampleProcess.RunAsync(
            "ImageTranslation_Import",
            _folder.Path,
            "latest_net_G.pth",
            "photo.png",
            "imported"
        );
        Assert.True(code == 0, error);
        Assert.Contains("resnet-2, largest difference from torch", output, StringComparison.Ordinal);
        var expected = ImageDecoder.Decode(_folder.File("expected.png")).Pixels;
        Assert.All(
            expected.Zip(ImageDecoder.Decode(_folder.File("imported/translated.png")).Pixels),
            pair => Assert.InRange(pair.First - pair.Second, -1, 1)
        );
        Assert.True(expected.Distinct().Count() > 10);

        // The zip is ML.NET's own, and the sample says what it needs.
        var chain = new MLContext().Model.Load(_folder.File("imported/model.zip"), out _);
        Assert.DoesNotContain(
            chain as IEnumerable<ITransformer> ?? [chain],
            transformer => transformer is ImageTranslationTransformer
        );
        (code, _, error) = await SampleProcess.RunAsync("ImageTranslation_Import", _folder.Path);
        Assert.Equal(2, code);
        Assert.Contains("latest_net_G.pth", error, StringComparison.Ordinal);
    }

    private void Save(RgbImage image, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(path))!);
        ImageEncoder.Save(image, _folder.File(path));
    }
}
