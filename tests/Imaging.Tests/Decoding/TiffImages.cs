using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Imaging.Tests;

/// <summary>TIFF files that Pillow and tifffile wrote, and their samples, once for all tests that read them.</summary>
public sealed class TiffImages : IDisposable
{
    private const string Script = """
        import sys, numpy as np, tifffile
        from PIL import Image
        folder = sys.argv[1]
        r = np.random.RandomState(4)
        rgb = r.randint(0, 256, (37, 45, 3), np.uint8); gray = rgb[:, :, 0].copy(); rgba = np.dstack([rgb, r.randint(1, 256, (37, 45), np.uint8)])
        wide = r.randint(0, 65536, (37, 45, 3), np.uint16); twelve = (wide >> 4).astype(np.uint16)
        def expect(name, a):
            if a.ndim == 2: a = np.dstack([a] * 3)
            np.ascontiguousarray(a).astype(np.uint8).tofile(f'{folder}/{name}.raw')
        for c in 'raw', 'tiff_lzw', 'tiff_adobe_deflate', 'packbits':
            Image.fromarray(rgb).save(f'{folder}/{c}.tif', compression=c); expect(c, rgb)
        Image.fromarray(gray).save(f'{folder}/gray.tif'); expect('gray', gray)
        Image.fromarray(rgba).save(f'{folder}/rgba.tif')
        Image.fromarray(rgb).save(f'{folder}/turned.tif', tiffinfo={274: 6}); expect('turned', np.rot90(rgb, -1))
        t = lambda name, a, **k: tifffile.imwrite(f'{folder}/{name}.tif', a, metadata=None, **k)
        t('wide', wide, photometric='rgb'); expect('wide', wide >> 8)
        t('wide-gray', wide[:, :, 1], photometric='minisblack', byteorder='>'); expect('wide-gray', wide[:, :, 1] >> 8)
        t('big-endian', wide, photometric='rgb', byteorder='>', compression='zlib'); expect('big-endian', wide >> 8)
        t('tiles', rgb, photometric='rgb', tile=(16, 32)); expect('tiles', rgb)
        t('wide-tiles', wide, photometric='rgb', tile=(16, 16), compression='zlib', predictor=True); expect('wide-tiles', wide >> 8)
        t('inverted', gray, photometric='miniswhite'); expect('inverted', 255 - gray)
        t('pages', np.stack([rgb, rgb[::-1]]), photometric='rgb'); expect('pages', rgb)
        scaled = lambda a, black, white: np.clip(np.rint((a.astype(np.float64) - black) * 255 / (white - black)), 0, 255)
        t('twelve', twelve, photometric='rgb'); expect('twelve', scaled(twelve, 0, 4095))
        t('twelve-gray', twelve[:, :, 0], photometric='minisblack', tile=(16, 16)); expect('twelve-gray', scaled(twelve[:, :, 0], 0, 4095))
        Image.fromarray(twelve[:, :, 0]).save(f'{folder}/png.png'); expect('png', scaled(twelve[:, :, 0], 0, 4095))
        Image.fromarray(twelve[:, :, 0]).save(f'{folder}/some.png'); expect('some', scaled(twelve[:, :, 0], 500, 3000))
        t('float', wide.astype(np.float32), photometric='rgb'); t('planes', np.moveaxis(rgb, 2, 0), photometric='rgb', planarconfig='separate')
        t('big', rgb, photometric='rgb', bigtiff=True)
        Image.fromarray(rgb).save(f'{folder}/jpeg.tif', compression='jpeg'); Image.fromarray(gray > 99).save(f'{folder}/bilevel.tif'); Image.fromarray(rgb).convert('P').save(f'{folder}/palette.tif')
        np.asarray(rgba).tofile(f'{folder}/rgba.raw')
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string? _why = PythonOracle.WhyMissing("tifffile", "numpy", "PIL");

    public TiffImages()
    {
        if (_why is null)
            PythonOracle.Run(Script, _folder.Path);
    }

    public string File(string name)
    {
        Assert.SkipWhen(_why is not null, _why ?? "");
        return _folder.File(name);
    }

    public void Dispose() => _folder.Dispose();
}
