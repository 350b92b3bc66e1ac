using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Image;

namespace MicrosoftML.Compat.Tests;

public sealed class Doubled
{
    public float Twice { get; set; }

    public float Thrice { get; set; }
}

[CustomMappingFactoryAttribute("doubling")]
public sealed class DoublingFactory : CustomMappingFactory<Number, Doubled>
{
    public static void Map(Number source, Doubled target) => (target.Twice, target.Thrice) = (2 * source.Value, 3 * source.Value);

    public override Action<Number, Doubled> GetMapping() => Map;
}

public sealed class CustomMappingTests
{
    private readonly MLContext _ml = new();

    private sealed class ImageRow
    {
        [ImageType(4, 6)]
        public MLImage? Image { get; set; }
    }

    private sealed class WidthRow
    {
        public int Width { get; set; }
    }

    [Fact]
    public void It_maps_once_a_row_however_many_columns_are_read()
    {
        var calls = 0;
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new Number { Value = i }).ToArray());
        var mapped = _ml.Transforms.CustomMapping<Number, Doubled>((s, t) => { Interlocked.Increment(ref calls); DoublingFactory.Map(s, t); }, null).Fit(data).Transform(data);
        var rows = _ml.Data.CreateEnumerable<Doubled>(mapped, false).ToArray();
        Assert.Equal(Enumerable.Range(0, 20).Select(i => 2f * i), rows.Select(r => r.Twice));
        Assert.Equal(20, calls);
    }

    [Fact]
    public void Its_contract_is_found_again_at_load_without_registering()
    {
        var data = _ml.Data.LoadFromEnumerable([new Number { Value = 2 }]);
        var model = _ml.Transforms.CustomMapping<Number, Doubled>(DoublingFactory.Map, "doubling").Fit(data);
        using var file = new MemoryStream();
        _ml.Model.Save(model, data.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        Assert.Equal([6f], loaded.Transform(data).GetColumn<float>("Thrice"));
    }

    [Fact]
    public void Without_a_contract_it_cannot_be_saved()
    {
        var data = _ml.Data.LoadFromEnumerable([new Number()]);
        var model = _ml.Transforms.CustomMapping<Number, Doubled>(DoublingFactory.Map, null).Fit(data);
        Assert.Throws<InvalidOperationException>(() => _ml.Model.Save(model, data.Schema, new MemoryStream()));
    }

    [Fact]
    public void An_image_input_works_alone_and_fails_in_a_chain()
    {
        using var image = MLImage.CreateFromPixels(6, 4, MLPixelFormat.Rgba32, new byte[96]);
        var data = _ml.Data.LoadFromEnumerable([new ImageRow { Image = image }]);
        var mapping = _ml.Transforms.CustomMapping<ImageRow, WidthRow>((s, t) => t.Width = s.Image!.Width, null);
        Assert.Equal([6], mapping.Fit(data).Transform(data).GetColumn<int>("Width"));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ResizeImages("Image", 6, 4).Append(mapping).Fit(data));
        Assert.Contains("expected Image<4, 6>, got Image<4, 6>", error.Message);
    }

    [Fact]
    public void An_output_definition_gives_schema_shapes_of_any_type()
    {
        var definition = SchemaDefinition.Create(typeof(ImageRow));
        definition["Image"].ColumnType = new ImageDataViewType();
        var shape = _ml.Transforms.CustomMapping<Empty, ImageRow>((_, _) => { }, null, outputSchemaDefinition: definition).GetOutputSchema(new SchemaShape([]));
        Assert.Equal("Image", shape[0].ItemType.ToString());
    }
}
