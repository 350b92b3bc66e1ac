using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>Pipelines that feed a model label images and instance images from two columns.</summary>
public sealed class InstanceColumnTests : IDisposable
{
    private readonly MLContext _context = new(1);
    private readonly TemporaryFolder _folder = new();
    private readonly List<Row> _rows = [];
    private readonly List<byte[]?> _expected = [];

    public InstanceColumnTests()
    {
        TestModels.Save(TestModels.WithInstances(TestModels.Strided), Model);
        TestModels.Save(TestModels.Strided, _folder.File("plain.onnx"));
        using var engine = new TranslationEngine(Model, new() { Device = TranslationDevice.Cpu, Threads = 1 });
        for (int i = 0; i < 5; i++)
        {
            var (labels, ids) = (TestImages.Make(14 + i % 2, 9, i), TestImages.Make(14 + i % 2, 9, i + 50));
            string labelFile = _folder.File($"{i}.png"),
                idFile = _folder.File($"{i}.ids.png");
            ImageEncoder.Save(labels, labelFile, CompressionLevel.Fastest);
            ImageEncoder.Save(ids, idFile, CompressionLevel.Fastest);
            bool isEmpty = i == 3;
            _rows.Add(
                new()
                {
                    Labels = isEmpty ? "" : labelFile,
                    Ids = isEmpty ? "" : idFile,
                    Bytes = isEmpty ? [] : File.ReadAllBytes(idFile),
                    Name = isEmpty ? "" : Path.GetFileName(idFile),
                }
            );
            _expected.Add(isEmpty ? null : engine.Translate(labels, ids).Pixels);
        }
    }

    private string Model => _folder.File("model.onnx");

    private IDataView Data => _context.Data.LoadFromEnumerable(_rows);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(nameof(Row.Ids))]
    [InlineData(nameof(Row.Bytes))]
    public void Instance_images_come_from_paths_and_bytes(string column)
    {
        using var model = Estimator(column).Fit(Data);
        Assert.Equal(_expected, Pixels(model.Transform(Data)));
        using var predictions = _context.Model.CreatePredictionEngine<Row, Translated>(model);
        Assert.Equal(_expected[1], Pixels(predictions.Predict(_rows[1]).Photo));
    }

    [Fact]
    public void Instance_images_come_from_images_and_a_pipeline_of_them_is_not_saved()
    {
        _rows.RemoveAt(3);
        _expected.RemoveAt(3);
        using var model = _context
            .Transforms.LoadImages("Instances", _folder.Path, nameof(Row.Name))
            .Append(Estimator("Instances"))
            .Fit(Data);
        Assert.Equal(_expected, Pixels(model.Transform(Data)));
        Assert.Contains(
            "InstanceColumnName cannot be saved",
            Error<NotSupportedException>(() => _context.Model.Save(model, Data.Schema, Stream.Null))
        );
    }

    [Fact]
    public void A_row_without_its_instance_image_fails_alone()
    {
        _rows[2].Ids = "";
        using var model = Estimator(nameof(Row.Ids)).Fit(Data);
        var view = model.Transform(Data);
        using var cursor = view.GetRowCursor([view.Schema["Photo"]]);
        var getter = cursor.GetGetter<MLImage>(view.Schema["Photo"]);
        for (int i = 0; cursor.MoveNext(); i++)
        {
            MLImage image = null!;
            if (i == 2)
                Assert.Contains("there is none", Error<ArgumentException>(() => getter(ref image)));
            else
            {
                getter(ref image);
                Assert.Equal(_expected[i], Pixels(image));
            }
        }
    }

    [Fact]
    public void A_column_that_is_missing_or_not_read_is_named()
    {
        Assert.Contains("Say by InstanceColumnName", Error<ArgumentException>(() => Estimator(null)));
        Assert.Contains(
            "no InstanceColumnName",
            Error<ArgumentException>(() => Estimator(nameof(Row.Ids), _folder.File("plain.onnx")))
        );
        Assert.Contains("'Nothing'", Error<ArgumentOutOfRangeException>(() => Estimator("Nothing").Fit(Data)));
        Assert.Contains(
            "'Number': expected Image",
            Error<ArgumentOutOfRangeException>(() => Estimator(nameof(Row.Number)).Fit(Data))
        );
    }

    private ImageTranslationEstimator Estimator(string? instances, string? model = null) =>
        _context.Transforms.TranslateImage(
            new ImageTranslationOptions
            {
                OutputColumnName = "Photo",
                InputColumnName = nameof(Row.Labels),
                InstanceColumnName = instances,
                ModelFile = model ?? Model,
                Device = TranslationDevice.Cpu,
                ReadAhead = 3,
            }
        );

    private static string Error<T>(Action action)
        where T : Exception => Assert.Throws<T>(action).Message;

    private static List<byte[]?> Pixels(IDataView view) => [.. view.GetColumn<MLImage>("Photo").Select(Pixels)];

    private static byte[]? Pixels(MLImage? image) => image is null ? null : RgbImage.FromMLImage(image).Pixels;

    private sealed class Row
    {
        public string Labels { get; set; } = "";

        public string Ids { get; set; } = "";

        public byte[] Bytes { get; set; } = [];

        public string Name { get; set; } = "";

        public int Number { get; set; }
    }

    private sealed class Translated
    {
        [AnySizeImageType]
        public MLImage? Photo { get; set; }
    }
}
