using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using MlNetImageTranslation.TestSupport;

namespace MicrosoftML.Compat.Tests;

public sealed class SaveLoadTests
{
    private readonly MLContext _ml = new();
    private readonly IDataView _data;

    public SaveLoadTests() => _data = _ml.Data.LoadFromEnumerable([new Named { Name = "a", Values = [1, 2, 3] }]);

    private (ITransformer Model, DataViewSchema Schema) RoundTrip(ITransformer model, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(model, schema, stream);
        stream.Position = 0;
        return (new MLContext().Model.Load(stream, out var loaded), loaded);
    }

    [Fact]
    public void A_chain_and_its_schema_come_back_from_a_file()
    {
        using var folder = new TemporaryFolder();
        var chain = _ml.Transforms.CopyColumns("b", "Values").Append(_ml.Transforms.DropColumns("Values")).Append(_ml.Transforms.SelectColumns("b", "Name"));
        _ml.Model.Save(chain.Fit(_data), _data.Schema, folder.File("model.zip"));
        var loaded = new MLContext().Model.Load(folder.File("model.zip"), out var schema);
        Assert.Equal(["b", "Name"], loaded.Transform(_data).Schema.Select(c => c.Name));
        Assert.Equal(_data.Schema.Select(c => c.ToString()), schema.Select(c => c.ToString()));
        Assert.IsType<TransformerChain<ITransformer>>(loaded);
    }

    [Fact]
    public void A_third_partys_transformer_saves_as_the_stock_one_it_delegates_to()
    {
        var stock = _ml.Transforms.CopyColumns("b", "Name").Append(_ml.Transforms.CopyColumns("c", "b")).Fit(_data);
        var (alone, _) = RoundTrip(new DelegatingTransformer(stock), _data.Schema);
        Assert.IsType<TransformerChain<ITransformer>>(alone);
        Assert.Equal(["a"], alone.Transform(_data).GetColumn<string>("c"));

        var (nested, _) = RoundTrip(new TransformerChain<ITransformer>(new DelegatingTransformer(stock)), _data.Schema);
        Assert.IsType<TransformerChain<ITransformer>>(Assert.Single((IEnumerable<ITransformer>)nested));
        Assert.Equal(["a"], nested.Transform(_data).GetColumn<string>("c"));
    }

    [Fact]
    public void Saving_nothing_or_twice_is_refused()
    {
        var stock = _ml.Transforms.CopyColumns("b", "Name").Fit(_data);
        var nothing = Assert.Throws<InvalidOperationException>(() => RoundTrip(new DelegatingTransformer(stock) { SaveInstead = _ => { } }, _data.Schema));
        Assert.Equal("ModelSignature not specified!", nothing.Message);
        void Twice(ModelSaveContext context)
        {
            ((ICanSaveModel)stock).Save(context);
            ((ICanSaveModel)stock).Save(context);
        }
        Assert.Throws<InvalidOperationException>(() => RoundTrip(new DelegatingTransformer(stock) { SaveInstead = Twice }, _data.Schema));
    }

    [Fact]
    public void Image_columns_are_not_in_the_saved_schema_and_no_schema_is_null()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Name", TextDataViewType.Instance);
        builder.AddColumn("Image", new ImageDataViewType(3, 4));
        var model = _ml.Transforms.CopyColumns("b", "Name").Fit(_data);
        Assert.Equal(["Name"], RoundTrip(model, builder.ToSchema()).Schema.Select(c => c.Name));
        Assert.Null(RoundTrip(model, null!).Schema);
    }

    [Fact]
    public void Image_transforms_keep_their_arguments()
    {
        using var folder = new TemporaryFolder();
        var paths = _ml.Data.LoadFromEnumerable([new PathRow { Path = "a.png" }]);
        using (var image = MLImage.CreateFromPixels(5, 3, MLPixelFormat.Rgba32, Enumerable.Range(0, 60).Select(i => (byte)(i % 4 == 3 ? 255 : 4 * i)).ToArray()))
            image.Save(folder.File("a.png"));
        var chain = _ml.Transforms.LoadImages("image", folder.Path, "Path")
            .Append(_ml.Transforms.ResizeImages("small", 4, 2, "image", ImageResizingEstimator.ResizingKind.IsoCrop, ImageResizingEstimator.Anchor.Left))
            .Append(_ml.Transforms.ConvertToGrayscale("gray", "small"))
            .Append(_ml.Transforms.ExtractPixels("pixels", "gray", ImagePixelExtractingEstimator.ColorBits.All, ImagePixelExtractingEstimator.ColorsOrder.ABGR, true, 3, 0.5f))
            .Append(_ml.Transforms.ConvertToImage(2, 4, "back", "pixels", ImagePixelExtractingEstimator.ColorBits.All, ImagePixelExtractingEstimator.ColorsOrder.ABGR, true, 2, -3));
        var model = chain.Fit(paths);
        var (loaded, _) = RoundTrip(model, paths.Schema);
        Assert.Equal(model.Transform(paths).GetColumn<float[]>("pixels").Single(), loaded.Transform(paths).GetColumn<float[]>("pixels").Single());
        Assert.Equal(model.Transform(paths).GetColumn<MLImage>("back").Single().Pixels.ToArray(), loaded.Transform(paths).GetColumn<MLImage>("back").Single().Pixels.ToArray());
    }

    [Fact]
    public void A_model_of_the_real_package_is_named_as_such()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            archive.CreateEntry("TransformerChain\\Model.key").Open().Dispose();
        stream.Position = 0;
        var error = Assert.Throws<NotSupportedException>(() => _ml.Model.Load(stream, out _));
        Assert.Contains("Microsoft.ML 5.0.0", error.Message);
        Assert.Throws<InvalidDataException>(() => _ml.Model.Load(new MemoryStream([1, 2, 3]), out _));
    }

    [Fact]
    public void A_further_entry_in_the_file_does_no_harm()
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(_ml.Transforms.CopyColumns("b", "Name").Fit(_data), _data.Schema, stream);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
            archive.CreateEntry("card.json").Open().Dispose();
        stream.Position = 0;
        Assert.NotNull(_ml.Model.Load(stream, out _));
    }
}
