using System.IO.Compression;
using System.Runtime.InteropServices;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Imaging.Tests;

/// <summary>
/// Images of 16 bits a sample. TIFF files are tifffile's to write and read; PNG files are read and written by lines of
/// Python that know zlib and the specification, as Pillow keeps 8 bits of RGB.
/// </summary>
public sealed class WideImageTests(WideImageTests.Files files) : IClassFixture<WideImageTests.Files>
{
    private const int Width = 45,
        Height = 37;

    [Theory]
    [InlineData("rgb.tif")]
    [InlineData("big-endian.tif")]
    [InlineData("tiles.tif")]
    [InlineData("gray.tif")]
    [InlineData("inverted.tif")]
    [InlineData("alpha.tif")]
    [InlineData("rgb.png")]
    [InlineData("gray.png")]
    [InlineData("alpha.png")]
    [InlineData("turned.tif")]
    [InlineData("narrow.png")]
    public void All_bits_are_read(string name)
    {
        var image = ImageDecoder.DecodeWide(files.Path(name));
        Assert.Equal(name == "turned.tif" ? (Height, Width) : (Width, Height), (image.Width, image.Height));
        Assert.Equal(files.Expected(name), image.Pixels);
    }

    [Theory]
    [InlineData("twelve.tif", 0, 4095)]
    [InlineData("twelve.png", 0, 4095)]
    [InlineData("some.tif", 500, 3000)]
    public void A_range_of_values_becomes_black_to_white(string name, int black, int white)
    {
        var options = new ImageDecoderOptions { ValueRange = (black, white) };
        Assert.Equal(files.Expected(name), ImageDecoder.DecodeWide(files.Path(name), options).Pixels);
    }

    [Theory]
    [InlineData("twelve.tif")]
    [InlineData("twelve.png")]
    public void Samples_of_an_unknown_range_are_refused(string name)
    {
        var error = Assert.Throws<FormatException>(() => ImageDecoder.DecodeWide(files.Path(name)));
        Assert.Contains(name, error.Message);
        Assert.Contains(nameof(ImageDecoderOptions.ValueRange), error.Message);
    }

    [Fact]
    public void An_interlaced_png_is_refused()
    {
        var error = Assert.Throws<FormatException>(() => ImageDecoder.DecodeWide(files.Path("interlaced.png")));
        Assert.Contains("interlaced", error.Message);
    }

    [Theory]
    [InlineData("a.png", null)]
    [InlineData("a.tif", null)]
    [InlineData("a.png", 4095)]
    [InlineData("a.tiff", 4095)]
    public void Others_read_what_was_written(string name, int? white)
    {
        using var folder = new TemporaryFolder();
        var image = new RgbImage16(Width, Height, files.Expected("rgb.tif"));
        (int, int)? range = white is { } most ? (100, most) : null;
        ImageEncoder.Save(image, folder.File(name), range, CompressionLevel.Optimal);
        PythonOracle.Run(
            Files.Png
                + """
                import sys, numpy as np, tifffile
                a = tifffile.imread(sys.argv[1]) if '.tif' in sys.argv[1] else read_png(sys.argv[1])
                assert a.dtype == np.uint16 and a.shape == (37, 45, 3), (a.dtype, a.shape)
                a.tofile(sys.argv[2])
                """,
            folder.File(name),
            folder.File("raw")
        );
        var written = MemoryMarshal.Cast<byte, ushort>(File.ReadAllBytes(folder.File("raw"))).ToArray();
        double step = ((white ?? 65535) - (range?.Item1 ?? 0)) / 65535.0;
        Assert.Equal(
            Array.ConvertAll(image.Pixels, level => (ushort)((range?.Item1 ?? 0) + Math.Round(level * step))),
            written
        );
        // Read and written in one range, samples stay what they are.
        var options = new ImageDecoderOptions { ValueRange = range };
        var again = ImageDecoder.DecodeWide(folder.File(name), options);
        ImageEncoder.Save(again, folder.File("again.png"), range);
        var plain = new ImageDecoderOptions { ValueRange = (0, 65535) };
        Assert.Equal(written, ImageDecoder.DecodeWide(folder.File("again.png"), plain).Pixels);
    }

    [Fact]
    public void Formats_of_8_bits_and_impossible_ranges_are_refused()
    {
        var image = new RgbImage16(1, 1, [1, 2, 3]);
        Assert.Throws<NotSupportedException>(() => ImageEncoder.Encode(image, ImageFileFormat.Jpeg));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageEncoder.Encode(image, ImageFileFormat.Png, (9, 9)));
        Assert.Throws<ArgumentException>(() => new RgbImage16(2, 1, [1, 2, 3]));
    }

    /// <summary>The files, made once, and the samples that they hold.</summary>
    public sealed class Files : IDisposable
    {
        /// <summary>Reads and writes PNG files of 16 bits.</summary>
        public const string Png = """
            import struct, zlib, numpy as np
            def write_png(path, a):
                kind = {1: 0, 2: 4, 3: 2, 4: 6}[1 if a.ndim == 2 else a.shape[2]]
                chunk = lambda t, d: struct.pack('>I', len(d)) + t + d + struct.pack('>I', zlib.crc32(t + d))
                rows = b''.join(b'\0' + row.astype('>u2').tobytes() for row in a)
                open(path, 'wb').write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', a.shape[1], a.shape[0], 16, kind, 0, 0, 0)) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
            def read_png(path):
                f = open(path, 'rb').read(); at, data = 8, b''
                while at < len(f):
                    n, t = struct.unpack('>I4s', f[at:at + 8]); d = f[at + 8:at + 8 + n]
                    assert zlib.crc32(t + d) == struct.unpack('>I', f[at + 8 + n:at + 12 + n])[0]
                    if t == b'IHDR': w, h, bits, kind = struct.unpack('>IIBB', d[:10]); assert (bits, kind) == (16, 2)
                    if t == b'IDAT': data += d
                    at += 12 + n
                raw = np.frombuffer(zlib.decompress(data), np.uint8).reshape(h, 1 + w * 6)
                out = np.zeros((h, w * 6), np.uint8)
                for y in range(h):
                    up = out[y - 1] if y else np.zeros(w * 6, np.uint8)
                    for i in range(w * 6):
                        left, above, corner = (int(out[y, i - 6]), int(up[i]), int(up[i - 6])) if i >= 6 else (0, int(up[i]), 0)
                        p = left + above - corner
                        paeth = min((left, above, corner), key=lambda v: abs(p - v))
                        out[y, i] = (int(raw[y, 1 + i]) + {0: 0, 1: left, 2: above, 4: paeth}[int(raw[y, 0])]) & 255
                return out.reshape(h, w, 3, 2).view('>u2')[..., 0].astype(np.uint16)

            """;

        private const string Script = """
            import sys, tifffile
            from PIL import Image
            folder = sys.argv[1]
            r = np.random.RandomState(4)
            rgb = r.randint(0, 65536, (37, 45, 3)).astype(np.uint16); gray = rgb[:, :, 1].copy()
            a = r.randint(0, 65536, (37, 45, 1)).astype(np.uint16); twelve = rgb >> 4
            def expect(name, v): (np.dstack([v] * 3) if v.ndim == 2 else v).astype(np.uint16).tofile(f'{folder}/{name}.raw')
            def t(name, v, e, **k): tifffile.imwrite(f'{folder}/{name}', v, metadata=None, **k); expect(name, e)
            def p(name, v, e): write_png(f'{folder}/{name}', v); expect(name, e)
            white = np.floor((rgb.astype(np.int64) * a + 32767) / 65535) + 65535 - a
            scaled = lambda v, b, w: np.clip(np.rint((v.astype(np.float64) - b) * 65535 / (w - b)), 0, 65535)
            t('rgb.tif', rgb, rgb, photometric='rgb'); t('gray.tif', gray, gray, photometric='minisblack')
            t('big-endian.tif', rgb, rgb, photometric='rgb', byteorder='>', compression='zlib')
            t('tiles.tif', rgb, rgb, photometric='rgb', tile=(16, 32), compression='zlib', predictor=True)
            t('inverted.tif', gray, 65535 - gray, photometric='miniswhite')
            t('alpha.tif', np.dstack([rgb, a]), white, photometric='rgb', extrasamples=['unassalpha'])
            t('turned.tif', rgb, np.rot90(rgb, -1), photometric='rgb', extratags=[(274, 'H', 1, 6, True)])
            t('twelve.tif', twelve, scaled(twelve, 0, 4095), photometric='rgb'); t('some.tif', twelve, scaled(twelve, 500, 3000), photometric='rgb')
            p('rgb.png', rgb, rgb); p('gray.png', gray, gray); p('alpha.png', np.dstack([rgb, a]), white); p('twelve.png', twelve[:, :, 0], scaled(twelve[:, :, 0], 0, 4095))
            narrow = rgb >> 8; Image.fromarray(narrow.astype(np.uint8)).save(f'{folder}/narrow.png'); expect('narrow.png', narrow * 257)
            f = bytearray(open(f'{folder}/rgb.png', 'rb').read()); f[28] = 1; f[29:33] = struct.pack('>I', zlib.crc32(f[12:29])); open(f'{folder}/interlaced.png', 'wb').write(f)
            """;

        private readonly TemporaryFolder _folder = new();
        private readonly string? _why = PythonOracle.WhyMissing("tifffile", "numpy", "PIL");

        public Files()
        {
            if (_why is null)
                PythonOracle.Run(Png + Script, _folder.Path);
        }

        public string Path(string name)
        {
            Assert.SkipWhen(_why is not null, _why ?? "");
            return _folder.File(name);
        }

        public ushort[] Expected(string name) =>
            MemoryMarshal.Cast<byte, ushort>(File.ReadAllBytes(Path(name + ".raw"))).ToArray();

        public void Dispose() => _folder.Dispose();
    }
}
