using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Imaging.Tests;

/// <summary>
/// Files of many kinds written by Pillow, each with the RGB bytes (name.rgb) and size that Pillow reads from it.
/// </summary>
public sealed class PillowImages : IDisposable
{
    private const string Script = """
        import sys, struct, zlib, numpy as np
        from PIL.PngImagePlugin import PngInfo
        from PIL import Image, ImageOps
        folder = sys.argv[1] + '/'
        w, h = 61, 47
        y, x = np.mgrid[0:h, 0:w]
        rgb = np.stack([127 + 100 * np.sin(x / 9.), 127 + 100 * np.cos(y / 7.), 127 + 100 * np.sin((x + y) / 11.)], 2).round().astype(np.uint8)
        base = Image.fromarray(rgb)
        def expect(name, image):
            image = image.convert('RGB')
            open(folder + name + '.rgb', 'wb').write(image.tobytes())
            print(name, *image.size)
        def add(name, image, **options):
            image.save(folder + name, **options)
            expect(name, ImageOps.exif_transpose(Image.open(folder + name)))
        def on_white(name, rgba):
            back = Image.new('RGBA', rgba.size, (255, 255, 255, 255))
            expect(name, Image.alpha_composite(back, rgba))
        add('444.jpg', base, quality=95, subsampling=0)
        add('420.jpg', base, quality=90, subsampling=2)
        add('progressive.jpg', base, quality=90, progressive=True)
        add('gray.jpg', base.convert('L'), quality=90)
        add('cmyk.jpg', base.convert('CMYK'), quality=95, subsampling=0)
        for o in range(1, 9):
            exif = Image.Exif(); exif[0x112] = o
            add(f'exif{o}.jpg', base, quality=95, subsampling=0, exif=exif)
        exif = Image.Exif(); exif[0x112] = 6
        add('exif6.png', base, exif=exif)
        add('exif6.webp', base, lossless=True, exif=exif)
        add('rgb.png', base)
        add('gray.png', base.convert('L'))
        add('bilevel.png', base.convert('1'))
        add('palette.png', base.quantize(40))
        add('palette2.png', base.quantize(3), bits=2)
        add('rgb.bmp', base)
        add('gray.bmp', base.convert('L'))
        add('bilevel.bmp', base.convert('1'))
        add('palette.bmp', base.quantize(40))
        add('lossless.webp', base, lossless=True)
        add('lossy.webp', base, quality=90)
        alpha = Image.fromarray(((x * 5 + y * 3) % 256).astype(np.uint8))
        rgba = base.copy(); rgba.putalpha(alpha)
        rgba.save(folder + 'alpha.png'); on_white('alpha.png', rgba)
        rgba.save(folder + 'alpha.webp', lossless=True, exact=True); on_white('alpha.webp', rgba)
        la = base.convert('L'); la.putalpha(alpha); la.save(folder + 'grayalpha.png'); on_white('grayalpha.png', la.convert('RGBA'))
        p = base.quantize(40); p.save(folder + 'transparent.png', transparency=7); on_white('transparent.png', Image.open(folder + 'transparent.png').convert('RGBA'))
        # Kinds that Pillow does not write: PNG of 16 bits and interlaced, BMP from the top and of 32 bits.
        def chunk(kind, data): return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
        def png(name, color, bits, rows, interlace=0, extra=b''):
            open(folder + name, 'wb').write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', w, h, bits, color, 0, 0, interlace)) + extra
                + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
        rng = np.random.default_rng(1)
        wide = (rgb.astype(np.uint32) * 256 + rng.integers(0, 256, rgb.shape)).astype(np.uint16)
        rows = lambda a: b''.join(b'\0' + r.astype('>u2').tobytes() if a.dtype == np.uint16 else b'\0' + r.tobytes() for r in a)
        eight = lambda a: Image.fromarray(((a.astype(np.float64) / 65535 * 255) + 0.5).astype(np.uint8))
        png('rgb16.png', 2, 16, rows(wide)); expect('rgb16.png', eight(wide))
        png('gray16.png', 0, 16, rows(wide[..., 0])); expect('gray16.png', eight(wide[..., 0]))
        passes = [(0,0,8,8),(4,0,8,8),(0,4,4,8),(2,0,4,4),(0,2,2,4),(1,0,2,2),(0,1,1,2)]
        png('interlaced.png', 2, 8, b''.join(rows(rgb[y0::dy, x0::dx]) for x0, y0, dx, dy in passes), 1); expect('interlaced.png', base)
        png('gamma.png', 2, 8, rows(rgb), 0, chunk(b'gAMA', struct.pack('>I', 100000))); expect('gamma.png', base)
        png('interlaced16.png', 2, 16, b''.join(rows(wide[y0::dy, x0::dx]) for x0, y0, dx, dy in passes), 1); expect('interlaced16.png', eight(wide))
        png('black16.png', 0, 16, rows(np.zeros((h, w), np.uint16))); expect('black16.png', Image.new('L', (w, h)))
        rgba16 = np.dstack([wide, np.full((h, w), 65535, np.uint16)])
        png('alpha16.png', 6, 16, rows(rgba16)); expect('alpha16.png', eight(wide))
        # A photograph by night, and samples of 13 bits, are dark: what they are is not for the decoder to say.
        png('dark16.png', 2, 16, rows(wide // 8)); expect('dark16.png', eight(wide // 8))
        # Narrow samples. gray12 and rgb12 have them as they are and say so, scaled12 as the specification wants it.
        sbit = lambda *bits: chunk(b'sBIT', bytes(bits))
        narrow = (wide >> 4).astype(np.uint16)
        narrow[0, 0] = 4095
        of = lambda a, most: Image.fromarray(((a.astype(np.float64) / most * 255) + 0.5).astype(np.uint8))
        png('gray12.png', 0, 16, rows(narrow[..., 0]), 0, sbit(12)); expect('gray12.png', of(narrow[..., 0], 4095))
        png('rgb12.png', 2, 16, rows(narrow), 0, sbit(12, 12, 12)); expect('rgb12.png', of(narrow, 4095))
        png('gray14.png', 0, 16, rows((wide >> 2)[..., 0].astype(np.uint16)), 0, sbit(14)); expect('gray14.png', of((wide >> 2)[..., 0], 16383))
        dark = narrow // 20
        scaled = (dark << 4 | dark >> 8).astype(np.uint16)
        png('scaled12.png', 2, 16, rows(scaled), 0, sbit(12, 12, 12)); expect('scaled12.png', eight(scaled))
        png('undeclared12.png', 2, 16, rows(narrow))
        png('undeclared8.png', 0, 16, rows(np.minimum(wide[..., 0] >> 6, 255).astype(np.uint16)))
        png('interlaced12.png', 2, 16, b''.join(rows(narrow[y0::dy, x0::dx]) for x0, y0, dx, dy in passes), 1)
        # Orientation outside of Exif.
        packet = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
        turned = base.transpose(Image.ROTATE_270)
        info = PngInfo(); info.add_itxt('XML:com.adobe.xmp', packet); add('xmp6.png', base, pnginfo=info)
        info = PngInfo(); info.add_itxt('XML:com.adobe.xmp', packet.replace('="6"/', '>6</'), zip=True); add('xmp6zipped.png', base, pnginfo=info)
        block = Image.Exif(); block[0x112] = 6
        digits = block.tobytes().hex()
        lines = '\n'.join(digits[i:i + 72] for i in range(0, len(digits), 72))
        info = PngInfo(); info.add_text('Raw profile type exif', f'\nexif\n{len(digits) // 2:8}\n{lines}\n', zip=True); add('raw6.png', base, pnginfo=info)
        block = Image.Exif(); block[0x112] = 1
        info = PngInfo(); info.add_itxt('XML:com.adobe.xmp', packet); add('exif1xmp6.png', base, pnginfo=info, exif=block)
        base.save(folder + 'xmp6.webp', lossless=True, xmp=packet.encode()); expect('xmp6.webp', turned)
        whole = open(folder + '444.jpg', 'rb').read()
        segment = b'http://ns.adobe.com/xap/1.0/\0' + packet.encode()
        open(folder + 'xmp6.jpg', 'wb').write(whole[:2] + b'\xff\xe1' + struct.pack('>H', len(segment) + 2) + segment + whole[2:])
        expect('xmp6.jpg', Image.open(folder + '444.jpg').transpose(Image.ROTATE_270))
        # Other names for JPEG.
        add('a.jfif', base, quality=95, subsampling=0)
        add('a.jpe', base, quality=95, subsampling=0)
        base.save(folder + 'two.mpo', quality=95, subsampling=0, save_all=True, append_images=[turned]); expect('two.mpo', Image.open(folder + 'two.mpo'))
        # What is refused.
        base.save(folder + 'animated.webp', save_all=True, append_images=[base.transpose(Image.FLIP_LEFT_RIGHT)])
        frame = whole.index(b'\xff\xc0')
        open(folder + 'twelve.jpg', 'wb').write(whole[:frame + 4] + b'\x0c' + whole[frame + 5:])
        bgr = rgb[..., ::-1]
        stride = (w * 3 + 3) // 4 * 4
        body = b''.join(r.tobytes().ljust(stride, b'\0') for r in bgr)
        open(folder + 'topdown.bmp', 'wb').write(b'BM' + struct.pack('<IIIIiiHHIIiiII', 54 + len(body), 0, 54, 40, w, -h, 1, 24, 0, len(body), 2835, 2835, 0, 0) + body); expect('topdown.bmp', base)
        body = np.dstack([bgr, np.zeros((h, w), np.uint8)])[::-1].tobytes()
        open(folder + 'rgb32.bmp', 'wb').write(b'BM' + struct.pack('<IIIIiiHHIIiiII', 54 + len(body), 0, 54, 40, w, h, 1, 32, 0, len(body), 2835, 2835, 0, 0) + body); expect('rgb32.bmp', base)
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, (int Width, int Height)> _sizes = [];

    public PillowImages()
    {
        WhyMissing = PythonOracle.WhyMissing("numpy", "PIL");
        if (WhyMissing is not null)
            return;
        foreach (var line in PythonOracle.Run(Script, _folder.Path).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ');
            _sizes[words[0]] = (int.Parse(words[1]), int.Parse(words[2]));
        }
    }

    public string? WhyMissing { get; }

    public string PathOf(string name) => _folder.File(name);

    public RgbImage Expected(string name) =>
        new(_sizes[name].Width, _sizes[name].Height, File.ReadAllBytes(_folder.File(name + ".rgb")));

    public void Dispose() => _folder.Dispose();
}
