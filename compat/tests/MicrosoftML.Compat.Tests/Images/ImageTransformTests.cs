using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using MlNetImageTranslation.TestSupport;

namespace MicrosoftML.Compat.Tests;

public sealed class ImageTransformTests : IDisposable
{
    private readonly MLContext _ml = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static byte[] Noise(int width, int height, int seed)
    {
        var pixels = new byte[width * height * 4];
        new Random(seed).NextBytes(pixels);
        for (var i = 3; i < pixels.Length; i += 4) pixels[i] = 255;
        return pixels;
    }

    private IDataView Paths(params string[] names) => _ml.Data.LoadFromEnumerable(names.Select(n => new PathRow { Path = n }).ToArray());

    private byte[] SavePng(string name, int width, int height, int seed)
    {
        var pixels = Noise(width, height, seed);
        using var image = MLImage.CreateFromPixels(width, height, MLPixelFormat.Rgba32, pixels);
        image.Save(_folder.File(name));
        return pixels;
    }

    private IDataView Load(params string[] names)
    {
        var paths = Paths(names);
        return _ml.Transforms.LoadImages("image", _folder.Path, "Path").Fit(paths).Transform(paths);
    }

    [Fact]
    public void A_loaded_picture_lives_until_the_next_one()
    {
        SavePng("a.png", 3, 2, 1);
        SavePng("b.png", 4, 5, 2);
        var seen = new List<MLImage>();
        foreach (var image in Load("a.png", "b.png").GetColumn<MLImage>("image"))
        {
            Assert.True(image.Width is 3 or 4);
            Assert.EndsWith(".png", image.Tag);
            seen.Add(image);
            if (seen.Count == 2) Assert.Throws<InvalidOperationException>(() => seen[0].Width);
        }
        Assert.All(seen, i => Assert.Throws<InvalidOperationException>(() => i.Width));
    }

    [Fact]
    public void Loading_errors_come_when_the_picture_is_read()
    {
        File.WriteAllText(_folder.File("bad.png"), "no picture");
        Assert.Throws<FileNotFoundException>(() => Load("none.png").GetColumn<MLImage>("image").Count());
        Assert.Throws<ArgumentException>(() => Load("bad.png").GetColumn<MLImage>("image").Count());
        Assert.Throws<ArgumentException>(() => _ml.Transforms.LoadImages("image", _folder.File("missing"), "Path"));
        Assert.Null(Load("").GetColumn<MLImage>("image").Single());
    }

    [Fact]
    public void Raw_bytes_are_the_files()
    {
        SavePng("a.png", 3, 2, 1);
        var paths = Paths("a.png");
        var bytes = _ml.Transforms.LoadRawImageBytes("bytes", _folder.Path, "Path").Fit(paths).Transform(paths);
        Assert.Equal(File.ReadAllBytes(_folder.File("a.png")), bytes.GetColumn<byte[]>("bytes").Single());
        Assert.False(((VectorDataViewType)bytes.Schema["bytes"].Type).IsKnownSize);
    }

    [Theory]
    [InlineData(7, 5, 3, 4)]
    [InlineData(5, 3, 9, 6)]
    [InlineData(11, 7, 5, 3)]
    public void Fill_takes_the_nearest_pixel_as_Pillow_does(int width, int height, int newWidth, int newHeight)
    {
        var missing = PythonOracle.WhyMissing("PIL");
        Assert.SkipWhen(missing != null, missing ?? "");
        SavePng("a.png", width, height, 3);
        var data = Load("a.png");
        var resized = _ml.Transforms.ResizeImages("small", newWidth, newHeight, "image", ImageResizingEstimator.ResizingKind.Fill)
            .Append(_ml.Transforms.ExtractPixels("pixels", "small", interleavePixelColors: true, outputAsFloatArray: false)).Fit(data).Transform(data);
        var expected = PythonOracle.Run("""
            import sys; from PIL import Image
            im = Image.open(sys.argv[1]).convert('RGB').resize((int(sys.argv[2]), int(sys.argv[3])), Image.NEAREST)
            print(im.tobytes().hex())
            """, _folder.File("a.png"), newWidth.ToString(), newHeight.ToString());
        Assert.Equal(expected.Trim(), System.Convert.ToHexStringLower(resized.GetColumn<byte[]>("pixels").Single()));
    }

    [Fact]
    public void Fill_lets_exact_borders_fall_to_the_lower_pixel_as_Skia_does()
    {
        var pixels = SavePng("a.png", 4, 2, 5);
        var data = Load("a.png");
        var half = _ml.Transforms.ResizeImages("small", 2, 1, "image", ImageResizingEstimator.ResizingKind.Fill)
            .Append(_ml.Transforms.ExtractPixels("pixels", "small", ImagePixelExtractingEstimator.ColorBits.Red)).Fit(data).Transform(data);
        Assert.Equal([pixels[0], pixels[8]], half.GetColumn<float[]>("pixels").Single());
    }

    [Fact]
    public void Padding_keeps_the_aspect_and_leaves_black_bars()
    {
        var white = Enumerable.Repeat((byte)255, 8 * 4 * 4).ToArray();
        using var image = MLImage.CreateFromPixels(8, 4, MLPixelFormat.Bgra32, white);
        image.Save(_folder.File("w.png"));
        var data = Load("w.png");
        var padded = _ml.Transforms.ResizeImages("small", 8, 8, "image", ImageResizingEstimator.ResizingKind.IsoPad)
            .Append(_ml.Transforms.ExtractPixels("pixels", "small", ImagePixelExtractingEstimator.ColorBits.Red)).Fit(data).Transform(data);
        var rows = padded.GetColumn<float[]>("pixels").Single().Chunk(8).Select(r => r[0]).ToArray();
        Assert.Equal([0f, 0f, 255f, 255f, 255f, 255f, 0f, 0f], rows);
    }

    [Theory]
    [InlineData(ImageResizingEstimator.Anchor.Left, 0)]
    [InlineData(ImageResizingEstimator.Anchor.Center, 2)]
    [InlineData(ImageResizingEstimator.Anchor.Right, 4)]
    public void Cropping_keeps_the_side_of_the_anchor(ImageResizingEstimator.Anchor anchor, int firstColumn)
    {
        var pixels = new byte[8 * 4 * 4];
        for (var i = 0; i < 32; i++) pixels.AsSpan(i * 4, 4).Fill((byte)(20 * (i % 8)));
        for (var i = 3; i < pixels.Length; i += 4) pixels[i] = 255;
        using var image = MLImage.CreateFromPixels(8, 4, MLPixelFormat.Bgra32, pixels);
        image.Save(_folder.File("ramp.png"));
        var data = Load("ramp.png");
        // The same height: scale 1, so the cubic only blurs a ramp, which stays a ramp.
        var cropped = _ml.Transforms.ResizeImages("small", 4, 4, "image", ImageResizingEstimator.ResizingKind.IsoCrop, anchor)
            .Append(_ml.Transforms.ExtractPixels("pixels", "small", ImagePixelExtractingEstimator.ColorBits.Green)).Fit(data).Transform(data);
        var row = cropped.GetColumn<float[]>("pixels").Single()[..4];
        for (var x = 0; x < 4; x++) Assert.InRange(row[x], 20 * (firstColumn + x) - 3, 20 * (firstColumn + x) + 3);
    }

    [Fact]
    public void Pixels_are_shifted_then_scaled_in_the_layout_asked_for()
    {
        var pixels = SavePng("a.png", 2, 1, 4);
        var data = Load("a.png");
        float[] Read(ImagePixelExtractingEstimator.ColorsOrder order, bool interleaved) => _ml.Transforms.ResizeImages("sized", 2, 1, "image")
            .Append(_ml.Transforms.ExtractPixels("pixels", "sized", orderOfExtraction: order, interleavePixelColors: interleaved, offsetImage: 10, scaleImage: 0.5f))
            .Fit(data).Transform(data).GetColumn<float[]>("pixels").Single();
        float V(int index) => (pixels[index] - 10) * 0.5f;
        Assert.Equal([V(0), V(4), V(1), V(5), V(2), V(6)], Read(ImagePixelExtractingEstimator.ColorsOrder.ARGB, false));
        Assert.Equal([V(2), V(1), V(0), V(6), V(5), V(4)], Read(ImagePixelExtractingEstimator.ColorsOrder.ABGR, true));
    }

    [Fact]
    public void Pixels_need_a_size_and_types_are_checked_by_name()
    {
        SavePng("a.png", 2, 1, 4);
        var data = Load("a.png");
        var unsized = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ExtractPixels("p", "image").Fit(data));
        Assert.StartsWith("Schema mismatch for input column 'image': expected known-size image, got unknown-size image", unsized.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ResizeImages("s", 2, 2, "Path").Fit(data));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ResizeImages("s", 0, 2, "image"));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ExtractPixels("p", "image", scaleImage: 0));
    }

    private sealed class Vector
    {
        [VectorType(3)]
        public float[] Values { get; set; } = [];
    }

    private MLImage Convert(float[] values, float scale = 1, float offset = 0)
    {
        var data = _ml.Data.LoadFromEnumerable([new Vector { Values = values }]);
        return _ml.Transforms.ConvertToImage(1, 1, "image", "Values", scaleImage: scale, offsetImage: offset).Fit(data).Transform(data).GetColumn<MLImage>("image").Single();
    }

    [Fact]
    public void Converting_to_an_image_wraps_and_never_clamps()
    {
        Assert.Equal([44, 253, 127, 255], Convert([127.9f, -3, 300]).Pixels.ToArray());
        // Rounded with scaling, and alpha becomes 0.
        Assert.Equal([100, 3, 2, 0], Convert([1.2f, 1.7f, 50], scale: 2).Pixels.ToArray());
        Assert.Equal([51, 4, 2, 0], Convert([1.2f, 2.7f, 50], offset: -1).Pixels.ToArray());
    }

    [Fact]
    public void Converted_pictures_belong_to_the_caller()
    {
        var data = _ml.Data.LoadFromEnumerable([new Vector { Values = [1, 2, 3] }, new Vector { Values = [4, 5, 6] }]);
        var images = _ml.Transforms.ConvertToImage(1, 1, "image", "Values").Fit(data).Transform(data).GetColumn<MLImage>("image").ToList();
        Assert.Equal([1, 4], images.Select(i => (int)i.Pixels[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ConvertToImage(2, 1, "image", "Values").Fit(data));
    }

    [Fact]
    public void A_cache_checkpoint_drops_pictures()
    {
        SavePng("a.png", 2, 1, 4);
        var paths = Paths("a.png");
        var chain = _ml.Transforms.LoadImages("image", _folder.Path, "Path").AppendCacheCheckpoint(_ml)
            .Append(_ml.Transforms.ResizeImages("small", 2, 2, "image"));
        Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(paths));
    }
}
