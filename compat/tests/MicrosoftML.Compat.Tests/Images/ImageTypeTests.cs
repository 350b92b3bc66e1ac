using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MicrosoftML.Compat.Tests;

public sealed class ImageTypeTests
{
    private readonly MLContext _ml = new();

    private sealed class Sized
    {
        [ImageType(11, 13)]
        public MLImage? Image { get; set; }
    }

    private sealed class Bare
    {
        [ImageType]
        public MLImage? Image { get; set; }
    }

    private sealed class Unmarked
    {
        public MLImage? Image { get; set; }
    }

    private sealed class AnySizeAttribute : DataViewTypeAttribute
    {
        public override void Register() => DataViewTypeManager.Register(new ImageDataViewType(), typeof(MLImage), this);

        public override bool Equals(DataViewTypeAttribute? other) => other is AnySizeAttribute;

        public override int GetHashCode() => 17;
    }

    private sealed class AnySize
    {
        [AnySize]
        public MLImage? Image { get; set; }
    }

    private static MLImage Picture(int width, int height) => MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, new byte[width * height * 4]);

    [Fact]
    public void A_sized_attribute_gives_a_sized_column_and_reads_it_back()
    {
        var data = _ml.Data.LoadFromEnumerable([new Sized { Image = Picture(13, 11) }]);
        Assert.Equal("Image<11, 13>", data.Schema["Image"].Type.ToString());
        Assert.Equal(13, _ml.Data.CreateEnumerable<Sized>(data, false).Single().Image!.Width);
    }

    [Fact]
    public void No_size_or_no_attribute_is_refused()
    {
        Assert.Contains("Must be positive", Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromEnumerable<Bare>([])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromEnumerable<Unmarked>([]));
    }

    [Fact]
    public void An_own_attribute_reads_pictures_of_any_size()
    {
        var data = _ml.Data.LoadFromEnumerable([new AnySize { Image = Picture(3, 2) }, new AnySize { Image = Picture(5, 4) }]);
        Assert.Equal([3, 5], _ml.Data.CreateEnumerable<AnySize>(data, false).Select(r => r.Image!.Width));
    }

    [Fact]
    public void A_size_that_nobody_registered_cannot_be_read_into_objects()
    {
        var data = _ml.Data.LoadFromEnumerable([new AnySize { Image = Picture(3, 2) }]);
        var sized = _ml.Transforms.ResizeImages("Image", 977, 3).Fit(data).Transform(data);
        Assert.Throws<NotImplementedException>(() => _ml.Data.CreateEnumerable<AnySize>(sized, false).Count());
    }
}
