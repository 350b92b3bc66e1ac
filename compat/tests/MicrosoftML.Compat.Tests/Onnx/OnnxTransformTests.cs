using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;
using MlNetImageTranslation.TestSupport;

namespace MicrosoftML.Compat.Tests;

public sealed class OnnxTransformTests : IDisposable
{
    private readonly MLContext _ml = new();
    private readonly TemporaryFolder _folder = new();

    public OnnxTransformTests() => _ml.TempFilePath = Directory.CreateDirectory(_folder.File("temp")).FullName;

    public void Dispose() => _folder.Dispose();

    private sealed class Row
    {
        [ColumnName("x"), VectorType(1, 2, 3)]
        public float[] X { get; set; } = [];
    }

    private sealed class ByteRow
    {
        [ColumnName("x"), VectorType(4)]
        public byte[] X { get; set; } = [];
    }

    private IDataView Rows(int count = 3)
        => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i => new Row { X = Enumerable.Range(0, 6).Select(j => 10f * i + j).ToArray() }).ToArray());

    private string Write(byte[] model)
    {
        var file = _folder.File(Guid.NewGuid() + ".onnx");
        File.WriteAllBytes(file, model);
        return file;
    }


    private static byte[] Negate(params int[] shape) => TinyOnnx.Node("Neg", [("x", TinyOnnx.Float, shape)], ("y", TinyOnnx.Float, shape));

    [Fact]
    public void It_scores_each_row_into_a_column_named_like_the_tensor()
    {
        var data = Rows();
        var scored = _ml.Transforms.ApplyOnnxModel("y", "x", Write(Negate(1, 2, 3))).Fit(data).Transform(data);
        Assert.Equal("Vector<Single, 1, 2, 3>", scored.Schema["y"].Type.ToString());
        Assert.Equal(data.GetColumn<float[]>("x").Select(x => x.Select(v => -v).ToArray()), scored.GetColumn<float[]>("y"));
    }

    [Fact]
    public void Bytes_go_through_as_bytes()
    {
        var model = TinyOnnx.Node("Identity", [("x", TinyOnnx.UInt8, [-1, 4])], ("y", TinyOnnx.UInt8, [-1, 4]));
        var data = _ml.Data.LoadFromEnumerable([new ByteRow { X = [1, 2, 3, 255] }]);
        var scored = _ml.Transforms.ApplyOnnxModel(Write(model)).Fit(data).Transform(data);
        Assert.Equal("Vector<Byte, 1, 4>", scored.Schema["y"].Type.ToString());
        Assert.Equal([1, 2, 3, 255], scored.GetColumn<byte[]>("y").Single());
    }

    [Fact]
    public void A_leading_unknown_dimension_is_one_and_two_others_need_the_shape_dictionary()
    {
        var data = Rows();
        Assert.Equal(3, _ml.Transforms.ApplyOnnxModel("y", "x", Write(Negate(-1, 2, 3))).Fit(data).Transform(data).GetColumn<float[]>("y").Count());
        var open = Write(Negate(1, -1, -1));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ApplyOnnxModel("y", "x", open).Fit(data));
        Assert.StartsWith("Only 1 unknown dimension is allowed", error.Message);

        var inputOnly = _ml.Transforms.ApplyOnnxModel("y", "x", open, new Dictionary<string, int[]> { ["x"] = [1, 2, 3] }).Fit(data).Transform(data);
        Assert.False(((VectorDataViewType)inputOnly.Schema["y"].Type).IsKnownSize);
        var both = _ml.Transforms.ApplyOnnxModel("y", "x", open, new Dictionary<string, int[]> { ["x"] = [1, 2, 3], ["y"] = [1, 2, 3] }).Fit(data).Transform(data);
        Assert.Equal(6, both.GetColumn<float[]>("y").First().Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ApplyOnnxModel("y", "x", open, new Dictionary<string, int[]> { ["x"] = [2, 2, 3] }));
    }

    private sealed class TwelveRow
    {
        [ColumnName("x"), VectorType(2, 2, 3)]
        public float[] X { get; set; } = [];
    }

    [Fact]
    public void A_length_that_fits_no_whole_tensor_fails_at_fit_and_a_multiple_at_the_cursor()
    {
        var file = Write(Negate(1, 2, 3));
        var bytes = _ml.Data.LoadFromEnumerable([new Named { Values = [1, 2, 3] }]);
        var renamed = _ml.Transforms.CopyColumns("x", "Values").Fit(bytes).Transform(bytes);
        Assert.Throws<InvalidOperationException>(() => _ml.Transforms.ApplyOnnxModel("y", "x", file).Fit(renamed));

        var twice = _ml.Data.LoadFromEnumerable([new TwelveRow { X = new float[12] }]);
        var scored = _ml.Transforms.ApplyOnnxModel("y", "x", file).Fit(twice).Transform(twice);
        var error = Assert.Throws<InvalidOperationException>(() => scored.GetColumn<float[]>("y").Count());
        Assert.IsAssignableFrom<ArgumentException>(error.InnerException);
    }

    [Fact]
    public void Several_outputs_come_from_one_run_a_row()
    {
        // A random output: equal noise in both columns of a row shows that they are of one run.
        var model = TinyOnnx.Graph([("RandomNormalLike", ["x"], "a"), ("Identity", ["a"], "b")],
            [("x", TinyOnnx.Float, [1, 2, 3])], [("a", TinyOnnx.Float, [1, 2, 3]), ("b", TinyOnnx.Float, [1, 2, 3])]);
        var data = Rows();
        var scored = _ml.Transforms.ApplyOnnxModel(["a", "b"], ["x"], Write(model)).Fit(data).Transform(data);
        using var cursor = scored.GetRowCursor([scored.Schema["a"], scored.Schema["b"]]);
        var (first, second) = (cursor.GetGetter<VBuffer<float>>(scored.Schema["a"]), cursor.GetGetter<VBuffer<float>>(scored.Schema["b"]));
        VBuffer<float> a = default, b = default;
        while (cursor.MoveNext())
        {
            first(ref a);
            second(ref b);
            Assert.Equal(a.DenseValues(), b.DenseValues());
        }
    }

    [Fact]
    public void Missing_files_bad_models_wrong_names_and_types_are_told_apart()
    {
        Assert.Throws<IOException>(() => _ml.Transforms.ApplyOnnxModel("y", "x", _folder.File("none.onnx")));
        var bad = Assert.Throws<InvalidOperationException>(() => _ml.Transforms.ApplyOnnxModel("y", "x", Write([1, 2, 3])));
        Assert.IsType<Microsoft.ML.OnnxRuntime.OnnxRuntimeException>(bad.InnerException);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ApplyOnnxModel("z", "x", Write(Negate(1, 2, 3))));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ApplyOnnxModel("y", "x", Write(Negate(1, 2, 3))).Fit(_ml.Data.LoadFromEnumerable([new Number()])));
        var bytes = _ml.Data.LoadFromEnumerable([new ByteRow { X = [1, 2, 3, 4] }]);
        var mismatch = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ApplyOnnxModel("y", "x", Write(Negate(4))).Fit(bytes));
        Assert.StartsWith("Schema mismatch for input column 'x': expected Single, got Vector<Byte, 4>", mismatch.Message);
        var half = TinyOnnx.Node("Identity", [("x", TinyOnnx.Float16, [1])], ("y", TinyOnnx.Float16, [1]));
        Assert.StartsWith("Unsupported ONNX scalar type", Assert.Throws<InvalidOperationException>(() => _ml.Transforms.ApplyOnnxModel(Write(half))).Message);
    }

    [Fact]
    public void The_saved_model_carries_the_bytes_and_its_temporary_file_goes_on_dispose()
    {
        var file = Write(Negate(1, 2, 3));
        var data = Rows();
        var model = _ml.Transforms.ApplyOnnxModel("y", "x", file).Fit(data);
        using var zip = new MemoryStream();
        _ml.Model.Save(model, data.Schema, zip);
        model.Dispose();
        File.Delete(file);

        zip.Position = 0;
        var loaded = _ml.Model.Load(zip, out _);
        Assert.Single(Directory.GetFiles(_ml.TempFilePath));
        Assert.Equal(-25f, loaded.Transform(data).GetColumn<float[]>("y").Last()[5]);
        ((IDisposable)loaded).Dispose();
        Assert.Empty(Directory.GetFiles(_ml.TempFilePath));
    }

    [Fact]
    public void A_stream_leaves_its_temporary_file()
    {
        using var transformer = _ml.Transforms.ApplyOnnxModel("y", "x", new MemoryStream(Negate(1, 2, 3))).Fit(Rows());
        transformer.Dispose();
        Assert.Single(Directory.GetFiles(_ml.TempFilePath));
    }

    private sealed class Scored
    {
        [ColumnName("y")]
        public float[] Y { get; set; } = [];
    }

    [Fact]
    public void It_serves_a_prediction_engine_and_the_contexts_session_options()
    {
        var created = 0;
        _ml.SetOnnxSessionOption(new OnnxSessionOptions { CreateSessionOptions = () => { created++; return new Microsoft.ML.OnnxRuntime.SessionOptions(); } });
        var model = _ml.Transforms.ApplyOnnxModel(new OnnxOptions { ModelFile = Write(Negate(1, 2, 3)), InputColumns = ["x"], OutputColumns = ["y"] }).Fit(Rows());
        using var engine = _ml.Model.CreatePredictionEngine<Row, Scored>(model);
        Assert.Equal([-1f, -2f, -3f, -4f, -5f, -6f], engine.Predict(new Row { X = [1, 2, 3, 4, 5, 6] }).Y);
        Assert.Equal(1, created);
    }
}
