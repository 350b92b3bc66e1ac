using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>Alpha beside the model: Pillow says what is in the files.</summary>
public sealed class AlphaTests(ForeignModels models) : IClassFixture<ForeignModels>
{
    private const string Write = """
        import sys, numpy as np
        from PIL import Image
        rgba = np.random.RandomState(2).randint(0, 256, (14, 18, 4), np.uint8)
        rgba[:4, :, 3] = 0; rgba[4:8, :, 3] = 255
        folder = sys.argv[1]
        Image.fromarray(rgba).save(f'{folder}/a.png')
        Image.fromarray(rgba).save(f'{folder}/sub/b.webp', lossless=True, exact=True)
        exif = Image.Exif(); exif[0x112] = 6
        Image.fromarray(rgba).save(f'{folder}/turned.png', exif=exif)
        Image.fromarray(rgba[:, :, :3].copy()).save(f'{folder}/opaque.png')
        rgba.tofile(f'{folder}/a.raw'); np.rot90(rgba, -1).copy().tofile(f'{folder}/turned.raw')
        """;

    private const string Read = """
        import sys, numpy as np
        from PIL import Image
        for file in sys.argv[1:]:
            image = Image.open(file)
            np.asarray(image.convert('RGBA')).tofile(file + '.raw')
            print(image.mode)
        """;

    private static readonly TranslationEngineOptions s_keep = new()
    {
        Device = TranslationDevice.Cpu,
        Threads = 1,
        PixelRange = PixelRange.ZeroToOne,
        KeepAlpha = true,
    };

    [Theory]
    [InlineData(".png")]
    [InlineData(".webp")]
    public void Folders_keep_alpha_where_it_is_asked_for(string extension)
    {
        using var folder = Images();
        using var engine = new TranslationEngine(models.File("identity"), s_keep);
        string output = folder.File("output");
        new FolderTranslator(engine, new() { OutputExtension = extension }).Translate(folder.File("input"), output);
        string[] files =
        [
            .. new[] { "a", "sub/b", "turned", "opaque" }.Select(name => Path.Combine(output, name + extension)),
        ];
        Assert.Equal(["RGBA", "RGBA", "RGBA", "RGB"], PythonOracle.Run(Read, files).Split('\n')[..4]);
        SameWhereSeen(Raw("a"), files[0]);
        SameWhereSeen(Raw("a"), files[1]);
        SameWhereSeen(Raw("turned"), files[2]);

        byte[] Raw(string name) => File.ReadAllBytes(folder.File($"input/{name}.raw"));
    }

    [Fact]
    public void Folders_of_jpeg_cannot_keep_alpha()
    {
        using var folder = Images();
        using var engine = new TranslationEngine(models.File("identity"), s_keep);
        var translator = new FolderTranslator(engine, new() { OutputExtension = ".jpg" });
        Assert.Contains(
            "JPEG cannot keep alpha",
            Assert
                .Throws<ArgumentOutOfRangeException>(() =>
                    translator.Translate(folder.File("input"), folder.File("output"))
                )
                .Message
        );
        Assert.False(Directory.Exists(folder.File("output")));
    }

    [Fact]
    public void Larger_results_have_larger_alpha()
    {
        using var folder = Images();
        using var engine = new TranslationEngine(models.File("twice"), s_keep);
        var image = ImageDecoder.Decode(folder.File("input/a.png"), new() { KeepAlpha = true });
        var result = engine.Translate(image);
        Assert.Equal((36, 28), (result.Width, result.Height));
        // Pillow's bicubic enlargement of the plane.
        string expected = PythonOracle.Run(
            """
            import sys, numpy as np
            from PIL import Image
            alpha = Image.open(sys.argv[1]).getchannel('A').resize((36, 28), Image.BICUBIC)
            print(' '.join(str(v) for v in np.asarray(alpha).ravel()))
            """,
            folder.File("input/a.png")
        );
        Assert.Equal(expected.Trim().Split(' ').Select(byte.Parse), result.Alpha!);
    }

    [Fact]
    public void Pipelines_keep_alpha_where_it_is_asked_for()
    {
        using var folder = Images();
        var context = new MLContext(1);
        var data = context.Data.LoadFromEnumerable([new { File = "a.png" }]);
        var options = new ImageTranslationOptions
        {
            OutputColumnName = "Result",
            InputColumnName = "Image",
            ModelFile = models.File("identity"),
            Device = TranslationDevice.Cpu,
            PixelRange = PixelRange.ZeroToOne,
            KeepAlpha = true,
        };
        using var model = context
            .Transforms.LoadImages("Image", folder.File("input"), "File")
            .Append(context.Transforms.TranslateImage(options))
            .Fit(data);
        using var image = MLImage.CreateFromFile(folder.File("input/a.png"));
        using var result = model.Transform(data).GetColumn<MLImage>("Result").Single();
        byte[] before = image.Pixels.ToArray(),
            after = result.Pixels.ToArray();
        Assert.Contains(before.Where((_, i) => i % 4 == 3), alpha => alpha is > 0 and < 255);
        Assert.All(before.Zip(after), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
        Assert.Equal(before.Where((_, i) => i % 4 == 3), after.Where((_, i) => i % 4 == 3));
        Assert.Contains(
            nameof(ImageTranslationOptions.KeepAlpha),
            Assert
                .Throws<NotSupportedException>(() => context.Model.Save(model, data.Schema, folder.File("model.zip")))
                .Message
        );
    }

    private static TemporaryFolder Images()
    {
        string? why = PythonOracle.WhyMissing("PIL", "numpy");
        Assert.SkipWhen(why is not null, why ?? "");
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("input/sub"));
        PythonOracle.Run(Write, folder.File("input"));
        return folder;
    }

    private static void SameWhereSeen(byte[] expected, string file)
    {
        byte[] result = File.ReadAllBytes(file + ".raw");
        Assert.Equal(expected.Length, result.Length);
        for (int i = 0; i < expected.Length; i += 4)
        {
            Assert.Equal(expected[i + 3], result[i + 3]);
            if (expected[i + 3] > 0)
                Assert.Equal(expected[i..(i + 3)], result[i..(i + 3)]);
            else if (file.EndsWith(".png", StringComparison.Ordinal))
                Assert.Equal([255, 255, 255], result[i..(i + 3)]);
        }
    }
}
