using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>A folder with a model and images, and data views over them.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TestFolder() =>
        Model = TestModels.Save(TestModels.Strided, _folder.File("model.onnx"), new() { TrainingSize = new(20, 12) });

    public string Model { get; }

    public string Path => _folder.Path;

    public string File(string name) => _folder.File(name);

    public RgbImage AddImage(string name, int width, int height)
    {
        var image = TestImages.Make(width, height, name.GetHashCode(StringComparison.Ordinal) & 1023);
        ImageEncoder.Save(image, File(name), CompressionLevel.Fastest);
        return ImageDecoder.Decode(File(name));
    }

    /// <summary>
    /// Rows a.png, b.png, ... of the given number, with images of two sizes, and what one-by-one translation makes of
    /// them.
    /// </summary>
    public (List<ImageRow> Rows, List<byte[]> Translated) Rows(int count)
    {
        using var engine = new TranslationEngine(Model, new() { Device = TranslationDevice.Cpu, Threads = 1 });
        var rows = new List<ImageRow>();
        var translated = new List<byte[]>();
        for (int i = 0; i < count; i++)
        {
            var image = AddImage($"{i}.png", 10 + i % 2 * 7, 9);
            rows.Add(
                new()
                {
                    File = $"{i}.png",
                    Number = i,
                    Features = [i, i + 0.5f],
                    Note = $"note {i}",
                }
            );
            translated.Add(engine.Translate(image).Pixels);
        }
        return (rows, translated);
    }

    public static byte[] Pixels(MLImage image) => RgbImage.FromMLImage(image).Pixels;

    public void Dispose() => _folder.Dispose();
}

internal sealed class ImageRow
{
    public string File { get; set; } = "";

    public int Number { get; set; }

    [VectorType(2)]
    public float[] Features { get; set; } = [];

    public string Note { get; set; } = "";
}
