using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Evaluation;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;
using MlNetImageTranslation.Weights;
using TorchSharp;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>Label images as planes, with and without instances.</summary>
public sealed class LabelMapTests
{
    private const string Palette = """
        // of the tests
        255 0 0 roof
        0 255 0 tree
        10 20 30 road
        255 255 255 ignore
        """;

    // Nearest colours by their squared distances, and edges as pix2pixHD's get_edges finds them.
    private const string Script = """
        t = load(sys.argv[1]); x, colors = t['x'], torch.tensor(json.loads(sys.argv[3]), dtype=torch.int64)
        labels, inst = x[:, :3].long(), x[:, 3:].long()
        d = ((labels.unsqueeze(1) - colors.view(1, -1, 3, 1, 1)) ** 2).sum(2)
        nearest = torch.from_numpy(d.numpy().argmin(1))
        planes = torch.stack([nearest == k for k in range(len(colors) - 1)], 1).float()
        t = inst[:, 0] * 65536 + inst[:, 1] * 256 + inst[:, 2]
        edge = torch.zeros_like(t).bool()
        edge[:, :, 1:] |= t[:, :, 1:] != t[:, :, :-1]
        edge[:, :, :-1] |= t[:, :, 1:] != t[:, :, :-1]
        edge[:, 1:, :] |= t[:, 1:, :] != t[:, :-1, :]
        edge[:, :-1, :] |= t[:, 1:, :] != t[:, :-1, :]
        save(sys.argv[2], {'y': torch.cat([planes, edge.float().unsqueeze(1)], 1).contiguous()})
        """;

    [Fact]
    public void Planes_and_edges_equal_PyTorchs_in_torch_and_in_ONNX()
    {
        Oracle.Require("torch", "numpy");
        using var folder = new TemporaryFolder();
        using var scope = torch.NewDisposeScope();
        const int Height = 9,
            Width = 11;
        var random = new CounterRandom(3, RandomStream.Pairing);
        int[][] colors =
        [
            [255, 0, 0],
            [0, 255, 0],
            [10, 20, 30],
            [255, 255, 255],
        ];
        var levels = new float[2 * 6 * Height * Width];
        for (int i = 0; i < levels.Length; i++)
            // Instances of few colours, one level apart.
            levels[i] =
                i / (Height * Width) % 6 < 3 ? random.NextInt32(256)
                : random.NextInt32(8) == 0 ? 1
                : 0;
        TestTensors.State(("x", new WeightTensor([2, 6, Height, Width], levels))).Write(folder.File("in"));
        PythonOracle.Run(
            GraphInterpreter.Script + Script,
            folder.File("in"),
            folder.File("out"),
            JsonSerializer.Serialize(colors)
        );
        float[] expected = StateDict.Read(folder.File("out"))["y"].Values;
        Assert.Contains(0, expected);

        var layer = new LabelPlanesLayer
        {
            Name = "labels",
            Inputs = [NetworkGraph.InputName],
            Colors = [0xFF0000, 0x00FF00, 0x0A141E],
            IgnoredColors = [0xFFFFFF],
            Edges = true,
        };
        float[] input = Array.ConvertAll(levels, level => (level / 255f - 0.5f) * 2f);
        var images = torch.tensor(input, [2, 6, Height, Width]);
        Assert.Equal(expected, TestTensors.Values(LabelPlanes.Of(layer, images)));

        OnnxExporter.Export(
            new("labels", new(6, 16, 16), [layer]),
            new StateDict(),
            new() { Interface = ModelInterface.FloatNchw },
            folder.File("labels.onnx")
        );
        OnnxRuntimeLibrary.EnsureLoaded();
        using var session = new InferenceSession(folder.File("labels.onnx"));
        using var value = OrtValue.CreateTensorValueFromMemory(input, [2, 6, Height, Width]);
        using var run = new RunOptions();
        using var outputs = session.Run(run, session.InputNames, [value], session.OutputNames);
        Assert.Equal(expected, outputs[0].GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void A_run_on_label_images_is_resumed_bit_for_bit_and_its_model_reads_label_images()
    {
        using var folder = new TemporaryFolder();
        WriteData(folder, instances: false);
        void Change(Pix2PixTrainer.Options options) => UseData(options, folder);
        TinyRun.Interrupt(folder.File("run"), 7, Change);
        TinyRun.Resume(folder.File("run"), Change);
        TinyRun.Resume(
            folder.File("whole"),
            options =>
            {
                Change(options);
                options.ExportModel = true;
            }
        );
        Assert.Equal(TinyRun.Hashes(folder.File("whole")), TinyRun.Hashes(folder.File("run")));

        var trained = RunExporter.Load(folder.File("whole"));
        Assert.Equal(3, trained.Graph.Input.Channels);
        // The first convolution reads a plane for each class.
        Assert.Equal(3, trained.Graph.Layers.OfType<ConvolutionLayer>().First().InputChannels);
        var checkpoint = new CheckpointReader(new CheckpointFolder(folder.File("whole/checkpoints")).All[0]);
        Assert.Equal(6, checkpoint.Tensors("discriminator")["layer1.conv.weight"].Shape[1]);

        var info = OnnxModelInfo.Read(folder.File("whole/model.onnx"));
        Assert.Equal(["#ff0000", "#00ff00", "#0a141e"], info.Card!.LabelColors!);
        Assert.Equal(3, info.Card.InputChannels);
        using var engine = new TranslationEngine(
            folder.File("whole/model.onnx"),
            new() { Device = TranslationDevice.Cpu }
        );
        var labels = ImageDecoder.Decode(folder.File("data/trainA/0.png"));
        var translated = engine.Translate(labels);
        Assert.Equal(labels.Size, translated.Size);
        // Colours near to those of the palette are those; others are not.
        var near = new RgbImage(20, 20, [.. labels.Pixels.Select(value => (byte)Math.Clamp(value + 3, 0, 255))]);
        Assert.Equal(translated.Pixels, engine.Translate(near).Pixels);
        var other = new RgbImage(20, 20, [.. labels.Pixels.Select(value => (byte)(255 - value))]);
        Assert.NotEqual(translated.Pixels, engine.Translate(other).Pixels);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_run_with_instances_is_resumed_bit_for_bit_and_its_model_reads_both_images(bool rotated)
    {
        using var folder = new TemporaryFolder();
        WriteData(folder, instances: true);
        void Change(Pix2PixTrainer.Options options)
        {
            UseData(options, folder);
            (options.InstanceFolder, options.Rotation) = (folder.File("instances"), rotated ? 15 : 0);
        }
        TinyRun.Interrupt(folder.File("run"), 7, Change);
        TinyRun.Resume(folder.File("run"), Change);
        TinyRun.Resume(
            folder.File("whole"),
            options =>
            {
                Change(options);
                options.ExportModel = true;
            }
        );
        Assert.Equal(TinyRun.Hashes(folder.File("whole")), TinyRun.Hashes(folder.File("run")));
        var info = OnnxModelInfo.Read(folder.File("whole/model.onnx"));
        Assert.Equal((6, true), (info.Card!.InputChannels, info.Card.ReadsInstances));
        Assert.Equal("image: uint8 [N, H, W, 6]", info.Inputs.Single().ToString());
        // What the run itself draws in its samples is what torch makes; the float interface gives the same.
        var floats = RunExporter.Export(
            folder.File("whole"),
            folder.File("floats.onnx"),
            options: new() { Interface = ModelInterface.FloatNchw }
        );
        Assert.True(floats.Card.ReadsInstances);
        var (labels, parts) = (
            ImageDecoder.Decode(folder.File("data/valA/0.png")),
            ImageDecoder.DecodeInstances(folder.File("instances/val/0.png"))
        );
        var results = new[] { "whole/model.onnx", "floats.onnx" }.Select(name =>
        {
            using var engine = new TranslationEngine(
                folder.File(name),
                new() { Device = TranslationDevice.Cpu, ConvolutionAlgorithm = ConvolutionAlgorithm.Direct }
            );
            return engine.Translate(labels, parts).Pixels;
        });
        Assert.Single(results.Select(Convert.ToHexString).Distinct());
        // What verifies a checkpoint's model has instance images of its own.
        RunExporter.Load(folder.File("whole")).Save(folder.File("weights.safetensors"));
        CheckpointConverter.Convert(folder.File("weights.safetensors"), folder.File("again.onnx"));
        // The instances belong to the training files.
        Assert.Contains("instances/train/0.png", File.ReadAllText(folder.File("run/data.json")));

        File.Delete(folder.File("instances/train/5.png"));
        Assert.Contains(
            "no instance image for",
            Assert.Throws<InvalidDataException>(() => TinyRun.Resume(folder.File("other"), Change)).Message
        );
    }

    [Fact]
    public void Columns_of_labels_and_instances_give_the_model_that_folders_give()
    {
        using var folder = new TemporaryFolder();
        WriteData(folder, instances: true);
        var options = TinyRun.Pix2Pix(null);
        UseData(options, folder);
        (options.Epochs, options.DecayEpochs, options.Seed) = (1, 0, 5);
        options.InstanceFolder = folder.File("instances");
        string expected = new Pix2PixTrainer(options).Train().Generators[0].Weights.ComputeHash();

        var context = new MLContext();
        var (training, validation) = (Rows("train", 8), Rows("val", 2));
        (options.DataFolder, options.InstanceFolder) = (null, null);
        (options.InstanceColumnName, options.ValidationSet) = (nameof(PathRow.Parts), validation);
        using var model = new Pix2PixTrainer(options).Fit(training);

        Assert.Equal(expected, model.Engine.Card!.WeightsSha256);
        var translated = model.Transform(validation).GetColumn<MLImage>("Source").ToArray();
        Assert.Equal(
            model
                .Engine.Translate(
                    ImageDecoder.Decode(folder.File("data/valA/1.png")),
                    ImageDecoder.Decode(folder.File("instances/val/1.png"))
                )
                .Pixels,
            RgbImage.FromMLImage(translated[1]).Pixels
        );
        // A share of the pairs that is held out takes its instance images along.
        (options.ValidationSet, options.ValidationFraction) = (null, 0.25);
        using var other = new Pix2PixTrainer(options).Fit(training);
        Assert.NotEqual(expected, other.Engine.Card!.WeightsSha256);

        options.DataFolder = folder.File("data");
        Assert.Contains(
            "InstanceColumnName is for Fit",
            Assert.Throws<ArgumentException>(() => new Pix2PixTrainer(options).Train()).Message
        );
        (options.DataFolder, options.InstanceColumnName) = (null, "Nothing");
        Assert.Throws<ArgumentOutOfRangeException>(() => new Pix2PixTrainer(options).Fit(training));
        ImageEncoder.Save(new RgbImage(9, 9), folder.File("instances/train/2.png"));
        options.InstanceColumnName = nameof(PathRow.Parts);
        Assert.Contains(
            "Image 2 of column 'Parts' is 9x9; expected 20x20",
            Assert.Throws<InvalidDataException>(() => new Pix2PixTrainer(options).Fit(training)).Message
        );

        IDataView Rows(string phase, int count) =>
            context.Data.LoadFromEnumerable(
                Enumerable
                    .Range(0, count)
                    .Select(i => new PathRow(
                        folder.File($"data/{phase}A/{i}.png"),
                        folder.File($"data/{phase}B/{i}.png"),
                        folder.File($"instances/{phase}/{i}.png")
                    ))
            );
    }

    [Fact]
    public void Label_images_are_resized_cropped_and_turned_without_new_colours()
    {
        using var folder = new TemporaryFolder();
        WriteData(folder, instances: false);
        var options = TinyRun.Pix2Pix(null);
        UseData(options, folder);
        (options.LoadSize, options.Rotation) = (29, 30);
        var (training, validation) = TrainingPairs.Open(options, null);
        var palette = LabelPalette.Parse(Palette.Split('\n'), "palette");
        HashSet<int> known = [.. palette.Colors.Select(color => color.Color)];
        Assert.Equal([0, 1, 2, -1], palette.Colors.Select(color => color.Class));
        for (int i = 0; i < 8; i++)
        {
            Assert.Subset(known, Colors(training.Training(i, i).Source));
            Assert.Subset(known, Colors(training.Fixed(i).Source));
        }
        Assert.True(Colors(training.Training(0, 0).Target).Count > 4);
    }

    [Fact]
    public void A_photograph_in_the_place_of_a_label_image_is_warned_of()
    {
        using var folder = new TemporaryFolder();
        WriteData(folder, instances: false);
        var options = TinyRun.Pix2Pix(null);
        UseData(options, folder);
        Assert.DoesNotContain(Warnings(), text => text.Contains("palette", StringComparison.Ordinal));
        options.Direction = TranslationDirection.BtoA;
        Assert.Single(
            Warnings(),
            text =>
                text.Contains("of label image '", StringComparison.Ordinal)
                && text.Contains("trainB/0.png' has no colour near one of the palette", StringComparison.Ordinal)
        );

        List<string> Warnings()
        {
            var reports = new List<TrainingProgress>();
            TrainingPairs.Open(options, new Pix2PixTrainerTests.Recorder(reports));
            return [.. reports.Select(report => report.Message!)];
        }
    }

    [Fact]
    public void Gray_levels_are_class_numbers()
    {
        var options = TinyRun.Pix2Pix(null);
        (options.LabelCount, options.Pairs) = (35, null);
        var labels = options.CreateLabels()!;
        Assert.Equal(35, labels.Planes);
        Assert.Equal(0x222222, labels.Colors[34]);
        Assert.Equal(35, options.ConditionChannels);
        Assert.Equal(3, options.SourceChannels);
    }

    [Fact]
    public void A_level_that_is_no_class_is_named_before_training_and_in_translation()
    {
        using var folder = new TemporaryFolder();
        foreach (var (phase, count) in (ReadOnlySpan<(string, int)>)[("train", 4), ("val", 2)])
            for (int i = 0; i < count; i++)
            {
                var labels = new RgbImage(20, 20);
                for (int k = 0; k < 400; k++)
                    labels.Pixels.AsSpan(3 * k, 3).Fill((byte)(k / 40 % 4));
                Save(labels, folder.File($"data/{phase}A/{i}.png"));
                Save(TestTensors.Image(i, 20, 20), folder.File($"data/{phase}B/{i}.png"));
            }
        var options = TinyRun.Pix2Pix(folder.File("run"));
        (options.Pairs, options.ValidationPairs, options.DataFolder) = (null, null, folder.File("data"));
        (options.LabelCount, options.Epochs, options.DecayEpochs, options.ExportModel) = (3, 1, 0, true);
        string message = Refused();
        Assert.Contains(folder.File("data/trainA/0.png") + "' has level 3 at column 0, row 6", message);
        Assert.Contains("levels of 0 to 2, because LabelCount is 3", message);
        Assert.False(Directory.Exists(folder.File("run")) && File.Exists(folder.File("run/options.json")));

        // In validation images, too, and only one pixel of a colour.
        options.LabelCount = 4;
        var colored = ImageDecoder.Decode(folder.File("data/valA/1.png"));
        colored[19, 19] = (3, 3, 2);
        Save(colored, folder.File("data/valA/1.png"));
        Assert.Contains("valA/1.png' has the colour #030302, which is no gray, at column 19, row 19", Refused());
        // The other image of a pair may have all colours, and images that are not used, too.
        File.Copy(folder.File("data/valA/0.png"), folder.File("data/valA/1.png"), overwrite: true);
        Save(colored, folder.File("data/trainA/3.png"));
        options.MaximumDataSize = 3;
        new Pix2PixTrainer(options).Train();

        using var engine = new TranslationEngine(
            folder.File("run/model.onnx"),
            new() { Device = TranslationDevice.Cpu }
        );
        engine.Translate(ImageDecoder.Decode(folder.File("data/valA/0.png")));
        string refusal = Assert.Throws<ArgumentException>(() => engine.Translate(colored)).Message;
        Assert.Contains("#030302", refusal);
        Assert.Contains("gray levels of 0 to 3", refusal);
        // In 16 bits, the level of a class is 257 times its number, as in an image of 8 bits that was widened.
        ushort[] samples = [.. Enumerable.Range(0, 1200).Select(i => (ushort)(i / 120 % 4 * 257))];
        var wide = new RgbImage16(20, 20, samples);
        engine.Translate(wide);
        samples.AsSpan(3 * 45, 3).Fill(1);
        refusal = Assert.Throws<ArgumentException>(() => engine.Translate(wide)).Message;
        Assert.Contains("the 16-bit level 1 at column 5, row 2", refusal);
        Assert.Contains("levels of 0 to 3", refusal);
        samples.AsSpan(3 * 45, 3).Fill(4 * 257);
        Assert.Contains("level 1028", Assert.Throws<ArgumentException>(() => engine.Translate(wide)).Message);
        // Resizing makes no classes that are not there: each pixel twice is the same image.
        using var resizing = new TranslationEngine(
            folder.File("run/model.onnx"),
            new() { Device = TranslationDevice.Cpu, Mode = TranslationMode.ResizeToTraining }
        );
        var whole = ImageDecoder.Decode(folder.File("data/valA/0.png"));
        var twice = new RgbImage(40, 40);
        for (int y = 0; y < 40; y++)
        for (int x = 0; x < 40; x++)
            twice[x, y] = whole[x / 2, y / 2];
        Assert.Equal(resizing.Translate(whole).Pixels, resizing.Translate(twice).Pixels);
        // What verifies a model has images of its own where there are none.
        RunExporter.Load(folder.File("run")).Save(folder.File("weights.safetensors"));
        CheckpointConverter.Convert(folder.File("weights.safetensors"), folder.File("again.onnx"));

        string Refused() => Assert.Throws<InvalidDataException>(() => new Pix2PixTrainer(options).Train()).Message;

        static void Save(RgbImage image, string file)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            ImageEncoder.Save(image, file);
        }
    }

    [Theory]
    [InlineData(TranslationDirection.AtoB)]
    [InlineData(TranslationDirection.BtoA)]
    public void Looking_for_levels_decodes_the_label_image_alone(TranslationDirection direction)
    {
        using var folder = new TemporaryFolder();
        string labels = direction == TranslationDirection.AtoB ? "A" : "B",
            photos = direction == TranslationDirection.AtoB ? "B" : "A";
        for (int i = 0; i < 3; i++)
        {
            var image = new RgbImage(4, 4);
            Array.Fill(image.Pixels, (byte)i);
            Directory.CreateDirectory(folder.File(labels));
            ImageEncoder.Save(image, folder.File($"{labels}/{i}.png"));
            // Who decodes these finds no image, and would leave out the pair.
            Directory.CreateDirectory(folder.File(photos));
            File.WriteAllText(folder.File($"{photos}/{i}.png"), "no image");
        }
        var pairs = ImagePairs.FromFolders(folder.File("A"), folder.File("B"));
        LabelCheck.Require(pairs, direction, 3);
        string message = Assert
            .Throws<InvalidDataException>(() => LabelCheck.Require(pairs.Subset([0, 2]), direction, 2))
            .Message;
        Assert.Contains(folder.File($"{labels}/2.png") + "' has level 2", message);
    }

    [Theory]
    [InlineData("ColorJitter")]
    [InlineData("LabelCount")]
    [InlineData("InputChannels")]
    [InlineData("InstanceFolder")]
    public void What_does_not_go_with_labels_is_refused_by_name(string name)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("palette.txt"), Palette);
        var options = TinyRun.Pix2Pix(null);
        options.LabelPaletteFile = folder.File("palette.txt");
        switch (name)
        {
            case "ColorJitter":
                options.ColorJitter = 0.1;
                break;
            case "LabelCount":
                options.LabelCount = 3;
                break;
            case "InputChannels":
                options.InputChannels = 1;
                break;
            default:
                // Instances are found by the names of files.
                options.InstanceFolder = folder.Path;
                break;
        }
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new Pix2PixTrainer(options)).ParamName);
    }

    [Fact]
    public void A_palette_with_two_colours_of_one_name_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("palette.txt"), Palette + "\n1 1 1 roof\n");
        var options = TinyRun.Pix2Pix(null);
        options.LabelPaletteFile = folder.File("palette.txt");
        Assert.Contains(
            "several colours of one name",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Pix2PixTrainer(options)).Message
        );
    }

    private sealed record PathRow(string Source, string Target, string Parts);

    private static HashSet<int> Colors(RgbImage image) =>
        [
            .. Enumerable
                .Range(0, image.Pixels.Length / 3)
                .Select(i => image.Pixels[3 * i] << 16 | image.Pixels[3 * i + 1] << 8 | image.Pixels[3 * i + 2]),
        ];

    private static void UseData(Pix2PixTrainer.Options options, TemporaryFolder folder)
    {
        (options.Pairs, options.ValidationPairs) = (null, null);
        options.DataFolder = folder.File("data");
        options.LabelPaletteFile = folder.File("palette.txt");
    }

    private static void WriteData(TemporaryFolder folder, bool instances)
    {
        File.WriteAllText(folder.File("palette.txt"), Palette);
        (byte, byte, byte)[] colors = [(255, 0, 0), (0, 255, 0), (10, 20, 30), (255, 255, 255)];
        foreach (var (phase, count) in (ReadOnlySpan<(string, int)>)[("train", 8), ("val", 2)])
            for (int i = 0; i < count; i++)
            {
                var labels = new RgbImage(20, 20);
                var parts = new RgbImage(20, 20);
                for (int y = 0; y < 20; y++)
                for (int x = 0; x < 20; x++)
                {
                    int at = 3 * (y * 20 + x);
                    (labels.Pixels[at], labels.Pixels[at + 1], labels.Pixels[at + 2]) = colors[
                        (x / 6 + y / 7 * 2 + i) % 4
                    ];
                    parts.Pixels[at + 2] = (byte)((x + i) / 9);
                }
                Save(labels, $"data/{phase}A/{i}.png");
                Save(TestTensors.Image(i, 20, 20), $"data/{phase}B/{i}.png");
                if (instances)
                    Save(parts, $"instances/{phase}/{i}.png");
            }

        void Save(RgbImage image, string name)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
            ImageEncoder.Save(image, folder.File(name));
        }
    }
}
