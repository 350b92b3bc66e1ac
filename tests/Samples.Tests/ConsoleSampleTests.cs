using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.ML;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Samples.Tests;

/// <summary>
/// Trains small models with two samples and uses one with another, runs the import sample on checkpoints of PyTorch and
/// the F# script on a shipped model, as their READMEs say.
/// </summary>
public sealed class ConsoleSampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory(Timeout = 300_000)]
    [InlineData("ImageTranslation_Unpaired", "trainA trainB", "data", "testA")]
    [InlineData("ImageTranslation_Unpaired", "", "nowhere", "trainA")]
    [InlineData("ImageTranslation_Train", "train/A train/B val/A", "data", "val/B")]
    [InlineData("ImageTranslation_Train", "train/A train/B val/A val/B", "data", "train/B/extra.png")]
    [InlineData("ImageTranslation_Score", "", "missing.onnx", "missing.onnx")]
    [InlineData("ImageTranslation_Import", "", "missing.pth", "missing.pth")]
    public async Task What_is_missing_is_named(string sample, string folders, string argument, string missing)
    {
        foreach (string folder in folders.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            Save(new RgbImage(64, 64), $"data/{folder}/0.png");
        if (missing.EndsWith("extra.png", StringComparison.Ordinal))
            Save(new RgbImage(64, 64), "data/train/A/extra.png");
        var (code, _, error) = await SampleProcess.RunAsync(sample, _folder.Path, argument);
        Assert.Equal(2, code);
        Assert.Contains(missing, error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*", SearchOption.TopDirectoryOnly));
        Assert.False(Directory.Exists(_folder.File("assets")));
    }

    [Fact(Timeout = 300_000)]
    public async Task What_the_train_sample_saves_the_score_sample_uses()
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
            Assert.Equal(expected, ImageDecoder.Decode(_folder.File($"translated/folder/{i}.png")).Pixels);
        }
        Assert.Equal(
            ImageDecoder.Decode(_folder.File("translated/folder/0.png")).Pixels,
            ImageDecoder.Decode(_folder.File("translated/prediction-engine.png")).Pixels
        );
        var grid = new SampleGrid("source", "translated");
        for (int i = 0; i < 3; i++)
            grid.Add(
                ImageDecoder.Decode(_folder.File($"photos/{i}.png")),
                ImageDecoder.Decode(_folder.File($"translated/folder/{i}.png"))
            );
        Assert.Equal(grid.Render().Pixels, ImageDecoder.Decode(_folder.File("translated/grid.png")).Pixels);
        Assert.Equal(3, File.ReadLines(_folder.File("translated/report.jsonl")).Count());

        // The zip is ML.NET's own.
        var chain = new MLContext().Model.Load(_folder.File("trained/model.zip"), out _);
        Assert.DoesNotContain(
            chain as IEnumerable<ITransformer> ?? [chain],
            transformer => transformer is ImageTranslationTransformer
        );
    }

    [Fact(Timeout = 300_000)]
    public async Task Without_model_or_images_the_score_sample_says_what_it_expected()
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
    public async Task The_import_sample_takes_a_checkpoint_of_Python_to_a_pipeline()
    {
        Assert.SkipWhen(
            PythonOracle.WhyMissing("torch", "PIL") is not null,
            PythonOracle.WhyMissing("torch", "PIL") ?? ""
        );
        var image = AerialMapSynthesizer.Create(4, 64).Aerial;
        Save(image, "photos/photo.png");
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
            photo = torch.tensor(list(Image.open(f'{sys.argv[1]}/photos/photo.png').convert('RGB').tobytes()), dtype=torch.uint8).view(64, 64, 3)
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
            "photos",
            "imported"
        );
        Assert.True(code == 0, error);
        Assert.Contains("resnet-2, largest difference from torch", output, StringComparison.Ordinal);
        var expected = ImageDecoder.Decode(_folder.File("expected.png")).Pixels;
        using var engine = new TranslationEngine(_folder.File("imported/latest_net_G.onnx"));
        var translated = engine.Translate(image);
        Assert.All(expected.Zip(translated.Pixels), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
        Assert.True(expected.Distinct().Count() > 10);
        var grid = new SampleGrid("source", "translated");
        grid.Add(image, translated);
        Assert.Equal(grid.Render().Pixels, ImageDecoder.Decode(_folder.File("imported/grid.png")).Pixels);

        // The zip is ML.NET's own, and the sample says what it needs.
        var chain = new MLContext().Model.Load(_folder.File("imported/model.zip"), out _);
        Assert.DoesNotContain(
            chain as IEnumerable<ITransformer> ?? [chain],
            transformer => transformer is ImageTranslationTransformer
        );
        (code, _, error) = await SampleProcess.RunAsync("ImageTranslation_Import", _folder.Path, "nothing.pth");
        Assert.Equal(2, code);
        Assert.Contains("'nothing.pth'", error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 300_000)]
    public async Task The_import_samples_own_checkpoint_makes_maps()
    {
        // Held-out places: the checkpoint was trained on the first 600 seeds.
        var pairs = Enumerable.Range(0, 4).Select(i => AerialMapSynthesizer.Create(200_000 + i)).ToList();
        for (int i = 0; i < pairs.Count; i++)
            Save(pairs[i].Aerial, $"photos/{i}.png");
        var checkpoint = Path.Combine(AppContext.BaseDirectory, "latest_net_G.pth");
        var (code, output, error) = await SampleProcess.RunAsync(
            "ImageTranslation_Import",
            _folder.Path,
            checkpoint,
            "photos",
            "imported"
        );
        Assert.True(code == 0, error);
        Assert.Contains("resnet-4, largest difference from torch", output, StringComparison.Ordinal);
        using var engine = new TranslationEngine(_folder.File("imported/latest_net_G.onnx"));
        var scores = pairs.Select(pair => ImageScores.Of(engine.Translate(pair.Aerial), pair.Map)).ToList();
        // The best constant colour has 45.
        Assert.InRange(ImageScores.Mean(scores).L1, 0, 25);
    }

    [Fact(Timeout = 300_000)]
    public async Task The_unpaired_sample_translates_both_ways()
    {
        for (int i = 0; i < 3; i++)
        {
            Save(AerialMapSynthesizer.Create(i, 64).Aerial, $"data/trainA/{i}.png");
            Save(AerialMapSynthesizer.Create(10 + i, 64).Map, $"data/trainB/{i}.png");
            Save(AerialMapSynthesizer.Create(20 + i, 64).Aerial, $"data/testA/{i}.png");
        }
        Save(AerialMapSynthesizer.Create(30, 64).Map, "data/testB/0.png");
        var (code, output, error) = await SampleProcess.RunAsync(
            "ImageTranslation_Unpaired",
            _folder.Path,
            "data",
            "unpaired",
            "1"
        );
        Assert.True(code == 0, error);
        Assert.Contains("3 images", output, StringComparison.Ordinal);
        Assert.Contains("1 images", output, StringComparison.Ordinal);
        var map = ImageDecoder.Decode(_folder.File("unpaired/photo-to-map.png"));
        var photo = ImageDecoder.Decode(_folder.File("unpaired/map-to-photo.png"));
        Assert.InRange(map.Height, photo.Height + 2 * 128, photo.Height + 3 * 128);
    }

    [Fact(Timeout = 300_000)]
    public async Task The_FSharp_script_translates_a_folder()
    {
        // Packages are tried elsewhere; here the script runs on the assemblies that were built beside this test.
        var script = await File.ReadAllLinesAsync(Path.Combine(Repository(), "samples", "translate.fsx"));
        var assemblies = Directory
            .GetFiles(AppContext.BaseDirectory, "*.dll")
            .Where(file =>
                Path.GetFileName(file) is var name
                && (
                    name.StartsWith("Microsoft.ML.", StringComparison.Ordinal)
                    || name.StartsWith("MlNetImageTranslation.", StringComparison.Ordinal)
                )
            );
        Assert.Equal(2, script.Count(line => line.StartsWith("#r \"nuget: ", StringComparison.Ordinal)));
        await File.WriteAllLinesAsync(
            _folder.File("translate.fsx"),
            assemblies
                .Select(file => $"#r \"\"\"{file}\"\"\"")
                .Concat(script.Where(line => !line.StartsWith("#r ", StringComparison.Ordinal)))
        );
        Save(AerialMapSynthesizer.Create(4, 64).Aerial, "photos/0.png");
        Save(AerialMapSynthesizer.Create(5, 80).Aerial, "photos/1.png");
        var model = Path.Combine(Repository(), "models", "maps.onnx");
        var (code, output, error) = await SampleProcess.RunDotnetAsync(
            _folder.Path,
            "fsi",
            "--nologo",
            "translate.fsx",
            model,
            "photos",
            "fsharp"
        );
        Assert.True(code == 0, error);
        Assert.Contains("2 images", output, StringComparison.Ordinal);
        using var engine = new TranslationEngine(model);
        var grid = new SampleGrid("source", "translated");
        foreach (var i in new[] { 0, 1 })
            if (ImageDecoder.Decode(_folder.File($"photos/{i}.png")) is var photo)
                grid.Add(photo, engine.Translate(photo));
        Assert.Equal(grid.Render().Pixels, ImageDecoder.Decode(_folder.File("fsharp/grid.png")).Pixels);
    }

    [Theory]
    [InlineData("ImageTranslation_Web")]
    [InlineData("ImageTranslation_Score")]
    public void Samples_that_only_translate_reach_neither_torch_nor_the_synthesizer(string sample)
    {
        HashSet<string> reached = [];
        var open = new Queue<string>([sample]);
        while (open.TryDequeue(out var name))
            foreach (var reference in Assembly.Load(name).GetReferencedAssemblies().Select(found => found.Name!))
                if (reached.Add(reference) && reference.StartsWith("MlNetImageTranslation.", StringComparison.Ordinal))
                    open.Enqueue(reference);
        Assert.Contains("MlNetImageTranslation.Transforms", reached);
        Assert.DoesNotContain("MlNetImageTranslation.Datasets", reached);
        Assert.DoesNotContain("MlNetImageTranslation.Trainer", reached);
        Assert.DoesNotContain("TorchSharp", reached);
    }

    private static string Repository([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    private void Save(RgbImage image, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(path))!);
        ImageEncoder.Save(image, _folder.File(path));
    }
}
