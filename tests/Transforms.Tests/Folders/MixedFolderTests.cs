using System.Text.Json;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>
/// A folder as people have them: every kind of image that Pillow writes, and damaged files among them.
/// </summary>
public sealed class MixedFolderTests
{
    private const string Script = """
        import os, struct, sys, zlib
        from PIL import Image, ImageOps
        os.chdir(sys.argv[1])
        base = Image.new("RGB", (24, 16))
        base.putdata([(x * 10 % 256, y * 15, (x * y) % 256) for y in range(16) for x in range(24)])
        alpha = base.convert("RGBA"); alpha.putalpha(90)
        base.save("plain.jpg"); base.save("progressive.jpg", progressive=True); base.convert("CMYK").save("cmyk.jpg"); base.convert("L").save("gray.jpg")
        base.save("plain.png"); base.convert("L").save("gray.png"); base.convert("P").save("palette.png"); base.convert("1").save("bilevel.png"); base.convert("LA").save("la.png"); alpha.save("alpha.png")
        Image.frombytes("I;16", (24, 16), b"".join(struct.pack("<H", v * 257) for v in base.convert("L").getdata())).save("gray16.png")
        base.save("bmp.bmp"); base.save("lossy.webp"); base.save("lossless.webp", lossless=True); alpha.save("transparent.webp", lossless=True)
        base.save("other.png", "JPEG"); base.save("lzw.tif", compression="tiff_lzw"); base.crop((0, 0, 1, 1)).save("one.png"); base.crop((0, 0, 24, 1)).save("line.PNG")
        for o in range(2, 9):
            exif = Image.Exif(); exif[0x112] = o
            base.save(f"exif{o}.jpg", exif=exif)
        for f in sorted(os.listdir(".")):
            print(f, *ImageOps.exif_transpose(Image.open(f)).size)
        j, p, w = (open(f, "rb").read() for f in ("plain.jpg", "plain.png", "lossy.webp"))
        chunk = lambda t, d: struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d))
        bomb = lambda w, h: p[:8] + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")
        bad = {"cut.jpg": j[:len(j) // 2], "cut.png": p[:len(p) // 2], "cut.webp": w[:len(w) // 2], "nothing.png": b"", "zeros.jpg": bytes(999), "text.png": b"hello",
               "bomb.png": bomb(60000, 60000), "bomb.of.all.png": bomb(2**31 - 1, 2**31 - 1), "flipped.png": p[:60] + bytes([p[60] ^ 255]) + p[61:]}
        for name, data in bad.items():
            open("bad-" + name, "wb").write(data)
        base.save("bad-gif.png", "GIF")
        base.save("bad-moving.webp", save_all=True, append_images=[base.transpose(0)], duration=100)
        """;

    [Fact]
    public void Good_images_keep_their_upright_size_and_bad_ones_are_named()
    {
        Assert.SkipWhen(PythonOracle.WhyMissing("PIL") is not null, PythonOracle.WhyMissing("PIL") ?? "");
        using var folder = new TemporaryFolder();
        string input = Directory.CreateDirectory(folder.File("in")).FullName,
            output = folder.File("out"),
            report = folder.File("report.jsonl");
        var good = PythonOracle
            .Run(Script, input)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .ToDictionary(line => line[0], line => (int.Parse(line[1]), int.Parse(line[2])));
        Assert.Equal(26, good.Count);
        using var engine = new TranslationEngine(
            TestModels.Export(TestModels.Strided),
            new() { Device = TranslationDevice.Cpu, Threads = 1 }
        );
        var done = new FolderTranslator(engine, new() { ReportFile = report }).Translate(input, output);
        var lines = File.ReadLines(report)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(line => line.GetProperty("file").GetString()!);
        Assert.Equal((26, 11), (done.Translated, done.Failed));
        foreach (var (name, line) in lines)
        {
            if (!good.TryGetValue(name, out var size))
            {
                Assert.StartsWith("bad-", name);
                Assert.Contains(name, line.GetProperty("error").GetString());
                Assert.False(line.TryGetProperty("output", out _));
                continue;
            }
            Assert.False(line.TryGetProperty("error", out _), line.ToString());
            var translated = ImageDecoder.Decode(Path.Combine(output, line.GetProperty("output").GetString()!));
            Assert.Equal((name, size), (name, (translated.Width, translated.Height)));
            Assert.Equal(engine.Translate(ImageDecoder.Decode(Path.Combine(input, name))).Pixels, translated.Pixels);
        }
        Assert.Equal(26, Directory.GetFiles(output).Length);
    }
}
