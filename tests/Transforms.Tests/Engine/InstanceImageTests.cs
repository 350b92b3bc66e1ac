using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>Models that read an instance image beside each label image.</summary>
public sealed class InstanceImageTests
{
    // A label image of blocks, an instance image of smaller ones with ids as those of Cityscapes, and their planes
    // (classes by the nearest colour, edges as pix2pixHD's get_edges finds them) at a size.
    private const string Planes = """
        import sys
        import numpy as np
        from PIL import Image
        labels_file, ids_file, planes_file = sys.argv[1:4]
        width, height, bits, to_width, to_height = map(int, sys.argv[4:9])
        random = np.random.RandomState(1)
        colors = np.array([[250, 3, 9], [2, 240, 30], [7, 1, 20]], np.uint8)
        def blocks(values, side):
            shape = (height // side + 1, width // side + 1)
            return random.choice(values, shape).repeat(side, 0).repeat(side, 1)[:height, :width]
        labels = Image.fromarray(colors[blocks(3, 7)])
        ids = Image.fromarray(blocks([7, 26001, 26002, 26257], 3).astype(np.uint16) if bits == 16
            else blocks(4, 3).astype(np.uint8))
        labels.save(labels_file)
        ids.save(ids_file)
        size = (to_width, to_height)
        i = np.asarray(ids).astype(np.int64)
        # Nearest by Pillow, of ids through their numbers: Pillow does not resize 16 bits.
        values, numbers = np.unique(i, return_inverse=True)
        i = np.asarray(Image.fromarray(numbers.reshape(i.shape).astype(np.uint8)).resize(size, Image.NEAREST)).astype(int)
        x = np.asarray(labels.resize(size, Image.NEAREST)).astype(int)
        means = np.array([[255, 0, 0], [0, 255, 0], [0, 0, 0]])
        nearest = ((x[:, :, None] - means) ** 2).sum(3).argmin(2)
        edge = np.zeros(i.shape, bool)
        edge[:, 1:] |= i[:, 1:] != i[:, :-1]
        edge[:, :-1] |= i[:, 1:] != i[:, :-1]
        edge[1:] |= i[1:] != i[:-1]
        edge[:-1] |= i[1:] != i[:-1]
        planes = np.stack([nearest == 0, nearest == 1, edge], 2)
        # What 0 and 1 are in levels, rounded half to even.
        Image.fromarray(np.where(planes, 255, 128).astype(np.uint8)).save(planes_file)
        """;

    [Theory]
    [InlineData("whole", 8)]
    [InlineData("whole", 16)]
    [InlineData("tiles", 16)]
    [InlineData("resized", 16)]
    [InlineData("float", 16)]
    public void Planes_are_those_that_Python_makes(string way, int bits)
    {
        Require("numpy", "PIL");
        using var folder = new TemporaryFolder();
        const int Width = 53,
            Height = 38;
        var size = way == "resized" ? new ImageSize(24, 32) : new(Width, Height);
        string[] files = [folder.File("labels.png"), folder.File("ids.png"), folder.File("planes.png")];
        int[] numbers = [Width, Height, bits, size.Width, size.Height];
        PythonOracle.Run(Planes, [.. files, .. numbers.Select(number => $"{number}")]);
        var graph = TestModels.LabelPlanes;
        using var engine = new TranslationEngine(
            TestModels.Export(
                graph,
                new()
                {
                    TrainingSize = size,
                    Interface = way == "float" ? ModelInterface.FloatNchw : ModelInterface.Uint8Nhwc,
                }
            ),
            new()
            {
                Device = TranslationDevice.Cpu,
                Mode = way == "resized" ? TranslationMode.ResizeToTraining : TranslationMode.KeepSize,
                TilePixels = way == "tiles" ? 20 * 20 : 0,
            }
        );
        Assert.True(engine.ReadsInstances);
        Assert.True(engine.Card!.ReadsInstances);

        var planes = engine.Translate(ImageDecoder.Decode(files[0]), ImageDecoder.DecodeInstances(files[1]));

        Assert.Equal(ImageDecoder.Decode(files[2]).Size, planes.Size);
        Assert.Equal(ImageDecoder.Decode(files[2]).Pixels, planes.Pixels);
    }

    [Theory]
    [InlineData(ModelInterface.Uint8Nhwc)]
    [InlineData(ModelInterface.FloatNchw)]
    public void Padded_images_give_what_bare_ONNX_Runtime_gives(ModelInterface pixels)
    {
        var graph = TestModels.WithInstances(TestModels.Strided);
        using var engine = new TranslationEngine(
            TestModels.Export(graph, new() { Interface = pixels }),
            Cpu() with
            {
                ConvolutionAlgorithm = ConvolutionAlgorithm.Direct,
            }
        );
        // A side that is a multiple, one that is none, and one that is shorter than what is added to it.
        foreach (var (width, height) in (ReadOnlySpan<(int, int)>)[(16, 13), (22, 20), (1, 2)])
        {
            var (labels, instances) = (Blocks(width, height, 5, 1), Blocks(width, height, 3, 2));
            byte[] expected = Reference(graph, labels, instances);
            Assert.Equal(expected, engine.Translate(labels, instances).Pixels);
            if (width > 1)
                Assert.NotEqual(expected, engine.Translate(instances, labels).Pixels);
        }
    }

    [Fact]
    public async Task All_forms_of_the_call_give_the_same()
    {
        using var engine = new TranslationEngine(
            TestModels.Export(TestModels.WithInstances(TestModels.Strided)),
            Cpu() with
            {
                BatchSize = 2,
            }
        );
        RgbImage[] labels = [.. Enumerable.Range(0, 5).Select(i => Blocks(18 + i / 3, 12, 4, i))],
            instances = [.. Enumerable.Range(0, 5).Select(i => Blocks(18 + i / 3, 12, 3, i + 9))];
        byte[][] expected = [.. labels.Zip(instances, (label, instance) => engine.Translate(label, instance).Pixels)];
        Assert.Equal(expected, engine.Translate(labels, instances).Select(result => result.Pixels));
        Assert.Equal(
            expected[0],
            (await engine.TranslateAsync(labels[0], instances[0], TestContext.Current.CancellationToken)).Pixels
        );
        using var label = labels[0].ToMLImage();
        using var instance = instances[0].ToMLImage();
        using var result = engine.Translate(label, instance);
        Assert.Equal(expected[0], RgbImage.FromMLImage(result).Pixels);
    }

    [Fact]
    public void Tiles_by_the_statistics_of_the_whole_image_are_near_to_the_whole()
    {
        byte[] model = TestModels.Export(TestModels.WithInstances(TestModels.Normalized));
        var (labels, instances) = (Blocks(60, 40, 9, 1), Blocks(60, 40, 4, 2));
        using var whole = new TranslationEngine(model, Cpu() with { TilePixels = 0 });
        using var tiled = new TranslationEngine(model, Cpu() with { TilePixels = 24 * 24, StatisticsPasses = 1 });
        var (expected, result) = (whole.Translate(labels, instances), tiled.Translate(labels, instances));
        Assert.InRange(ImageScores.MeanAbsoluteError(expected, result), 0, 3);
        Assert.True(ImageScores.MeanAbsoluteError(expected, tiled.Translate(instances, labels)) > 6);
    }

    [Fact]
    public void What_is_missing_or_too_much_is_named()
    {
        using var engine = new TranslationEngine(TestModels.Export(TestModels.LabelPlanes), Cpu());
        using var plain = new TranslationEngine(TestModels.Export(TestModels.Convolution), Cpu());
        var image = TestImages.Make(16, 12);
        string missing = Message(() => engine.Translate(image));
        Assert.Contains("reads an instance image beside each label image", missing);
        Assert.Contains("there is none", missing);
        Assert.Contains("there is none", Message(() => engine.Translate([image, image])));
        Assert.Contains("reads one image", Message(() => plain.Translate(image, image)));
        string sizes = Message(() => engine.Translate(image, TestImages.Make(12, 16)));
        Assert.Contains("The instance image is 12x16; expected 16x12", sizes);
        Assert.Contains("1 instance images for 2", Message(() => engine.Translate([image, image], [image])));
        Assert.Contains(
            "8 bits",
            Assert.Throws<NotSupportedException>(() => engine.Translate(RgbImage16.FromRgb(image))).Message
        );
        Assert.False(plain.ReadsInstances);

        static string Message(Action action) => Assert.Throws<ArgumentException>(action).Message;
    }

    [Fact]
    public void A_card_that_does_not_fit_its_file_is_refused()
    {
        byte[] model = TestModels.Export(TestModels.Convolution);
        var card = Export.OnnxModelInfo.Read(model).Card!;
        Assert.DoesNotContain("readsInstances", card.ToJson());
        Assert.Contains(
            "6, because readsInstances is true",
            Assert.Throws<InvalidOperationException>(() => (card with { ReadsInstances = true }).ToJson()).Message
        );
        // Files of before this entry: as they were refused then.
        byte[] old = TestModels.Export(TestModels.LabelPlanes, new() { Interface = ModelInterface.FloatNchw });
        int at = old.AsSpan().IndexOf("\"readsInstances\":true"u8);
        "\"readsInstancez\":true"u8.CopyTo(old.AsSpan(at));
        Assert.Contains(
            "1 or 3 channels",
            Assert.Throws<NotSupportedException>(() => new TranslationEngine(old, Cpu())).Message
        );
    }

    private static RgbImage Blocks(int width, int height, int side, int seed)
    {
        var random = new Random(seed);
        var colors = Enumerable
            .Range(0, (width / side + 1) * (height / side + 1))
            .Select(_ => ((byte)random.Next(2), (byte)(random.Next(2) * 255), (byte)0))
            .ToArray();
        var image = new RgbImage(width, height);
        for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            image[x, y] = colors[y / side * (width / side + 1) + x / side];
        return image;
    }

    private static TranslationEngineOptions Cpu() => new() { Device = TranslationDevice.Cpu, Threads = 1 };

    private static void Require(params string[] modules) =>
        Assert.SkipWhen(PythonOracle.WhyMissing(modules) is not null, PythonOracle.WhyMissing(modules) ?? "");

    // The float export by ONNX Runtime alone: padded by reflection to multiples of 4, and cut out.
    private static byte[] Reference(NetworkGraph graph, RgbImage labels, RgbImage instances)
    {
        int width = labels.Width,
            height = labels.Height,
            padded = (width + 3) / 4 * 4,
            rows = (height + 3) / 4 * 4,
            left = (padded - width) / 2,
            top = (rows - height) / 2;
        var input = new float[6 * rows * padded];
        for (int i = 0; i < input.Length; i++)
        {
            int channel = i / (rows * padded),
                y = Mirror(i / padded % rows - top, height),
                x = Mirror(i % padded - left, width);
            var image = channel < 3 ? labels : instances;
            input[i] = image.Pixels[(y * width + x) * 3 + channel % 3] / 127.5f - 1;
        }
        OnnxRuntimeLibrary.EnsureLoaded();
        using var session = new InferenceSession(
            TestModels.Export(graph, new() { Interface = ModelInterface.FloatNchw })
        );
        using var value = OrtValue.CreateTensorValueFromMemory(input, [1, 6, rows, padded]);
        using var run = new RunOptions();
        using var outputs = session.Run(run, session.InputNames, [value], session.OutputNames);
        float[] output = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        var pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            int y = i / 3 / width + top,
                x = i / 3 % width + left;
            float level = (output[(i % 3 * rows + y) * padded + x] + 1) * 127.5f;
            pixels[i] = (byte)MathF.Round(Math.Clamp(level, 0, 255));
        }
        return pixels;
    }

    // Back and forth between the ends.
    private static int Mirror(int index, int length)
    {
        while (length > 1 && (index < 0 || index >= length))
            index = index < 0 ? -index : 2 * (length - 1) - index;
        return length == 1 ? 0 : index;
    }
}
