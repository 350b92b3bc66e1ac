using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>What estimators read from data views: image files in columns, and rows that are bad.</summary>
public sealed class DataViewRowsTests : IDisposable
{
    private readonly MLContext _context = new(1);
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];

    public DataViewRowsTests() =>
        _context.Log += (_, entry) =>
        {
            if (entry.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning)
                lock (_warnings)
                    _warnings.Add(entry.RawMessage);
        };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_paths_and_contents_of_the_same_files_train_the_same_weights()
    {
        var data = _context.Data.LoadFromEnumerable(Rows(3));
        var loadImages = _context
            .Transforms.LoadImages("Images", null, "Source")
            .Append(_context.Transforms.LoadImages("Targets", null, "Target"));
        var loadBytes = _context
            .Transforms.LoadRawImageBytes("Bytes", null, "Source")
            .Append(_context.Transforms.LoadRawImageBytes("Targets", null, "Target"));

        string images = Train(loadImages.Fit(data).Transform(data), "Images", "Targets", "images");
        Assert.Equal(images, Train(data, "Source", "Target", "paths"));
        Assert.Equal(images, Train(loadBytes.Fit(data).Transform(data), "Bytes", "Targets", "bytes"));
    }

    [Fact]
    public void A_pipeline_of_the_trainer_alone_is_saved_and_needs_the_source_only()
    {
        var data = _context.Data.LoadFromEnumerable(Rows(2));
        using var model = _context.Transforms.TranslateImage(Options("Source", "Target")).Fit(data);
        string zip = _folder.File("model.zip");
        _context.Model.Save(model, data.Schema, zip);
        var loaded = _context.Model.Load(zip, out _);
        using (loaded as IDisposable)
        {
            var photos = _context.Data.LoadFromEnumerable([new Photo { Source = _folder.File("a0.png") }]);
            using var map = loaded.Transform(photos).GetColumn<MLImage>("Translated").Single();
            Assert.Equal((16, 16), (map.Width, map.Height));
        }
    }

    [Theory]
    [InlineData(BadImages.SkipUnreadable, false)]
    [InlineData(BadImages.SkipUnreadable, true)]
    [InlineData(BadImages.Skip, false)]
    [InlineData(BadImages.Skip, true)]
    public void Bad_rows_are_left_out_with_a_warning_for_each(BadImages policy, bool isLoadedByMLNet)
    {
        var options = Options(isLoadedByMLNet ? "Image" : "Source", "Target");
        options.BadImages = policy;
        var messages = new List<TrainingProgress>();
        options.Progress = new Pix2PixTrainerTests.Recorder(messages);
        using var model = (IDisposable)Fit(BadRows(), options, isLoadedByMLNet);

        string[] leftOut =
            policy == BadImages.Skip
                ? ["Row 1", "Row 2", "Row 3", "Row 4", "Row 5"]
                : ["Row 1", "Row 2", "Row 3", "Row 4"];
        Assert.Equal(leftOut, _warnings.Where(text => text.Contains("left out")).Select(text => text[..5]));
        // Two good rows, and for SkipUnreadable the one of a single colour.
        int kept = policy == BadImages.Skip ? 2 : 3;
        Assert.Equal(kept, messages.Last(message => message.Event == TrainingEvent.Finished).TotalSteps);
    }

    [Theory]
    [InlineData(BadImages.Fail, 1, false)]
    [InlineData(BadImages.Fail, 1, true)]
    [InlineData(BadImages.Fail, 2, false)]
    [InlineData(BadImages.Fail, 2, true)]
    [InlineData(BadImages.Fail, 3, false)]
    [InlineData(BadImages.Fail, 4, false)]
    [InlineData(BadImages.Fail, 5, false)]
    [InlineData(BadImages.Ignore, 1, false)]
    [InlineData(BadImages.Ignore, 2, true)]
    [InlineData(BadImages.Ignore, 3, true)]
    public void Bad_rows_end_the_run_before_it_begins_where_they_are_not_left_out(
        BadImages policy,
        int row,
        bool isLoadedByMLNet
    )
    {
        var rows = BadRows();
        var options = Options(isLoadedByMLNet ? "Image" : "Source", "Target");
        options.BadImages = policy;
        options.OutputFolder = _folder.File("never");
        var error = Assert.Throws<InvalidDataException>(() => Fit([rows[0], rows[row]], options, isLoadedByMLNet));
        string column = row == 4 ? "Target" : options.SourceColumnName;
        Assert.StartsWith($"Row 1, column '{column}': ", error.Message);
        Assert.False(Directory.Exists(options.OutputFolder));
    }

    [Fact]
    public void Views_without_a_good_row_are_refused()
    {
        var none = Assert.Throws<InvalidDataException>(() => Fit([], Options("Source", "Target"), false));
        Assert.Contains("no rows", none.Message);
        var bad = Assert.Throws<InvalidDataException>(() => Fit(BadRows()[1..5], Options("Source", "Target"), false));
        Assert.Contains("all 4 rows are bad", bad.Message);
    }

    [Fact]
    public void Rows_of_unpaired_sets_are_left_out_likewise()
    {
        var rows = BadRows();
        var options = new CycleGanTrainer.Options
        {
            SourceColumnName = "Source",
            TargetColumnName = "Target",
            TargetData = _context.Data.LoadFromEnumerable(rows),
            Generator = "resnet-1",
            GeneratorFilters = 4,
            DiscriminatorFilters = 4,
            DiscriminatorLayers = 1,
            LoadSize = 16,
            CropSize = 16,
            Epochs = 1,
            DecayEpochs = 0,
            MaximumDataSize = 1,
        };
        var model = _context.ImageTranslation.Trainers.CycleGan(options).Fit(_context.Data.LoadFromEnumerable(rows));
        using (model as IDisposable)
            Assert.Equal(
                [
                    "Row 1, column 'Source'",
                    "Row 2, column 'Source'",
                    "Row 3, column 'Source'",
                    "Row 4, column 'Target'",
                ],
                _warnings.Where(text => text.Contains("left out")).Select(text => text[..text.IndexOf(':')])
            );
    }

    private ITransformer Fit(IReadOnlyList<Row> rows, Pix2PixTrainer.Options options, bool isLoadedByMLNet)
    {
        var data = _context.Data.LoadFromEnumerable(rows);
        var trainer = _context.ImageTranslation.Trainers.Pix2Pix(options);
        return isLoadedByMLNet
            ? _context.Transforms.LoadImages("Image", null, "Source").Append(trainer).Fit(data)
            : trainer.Fit(data);
    }

    private string Train(IDataView data, string source, string target, string folder)
    {
        var options = Options(source, target);
        options.OutputFolder = _folder.File(folder);
        options.ExportModel = true;
        using var model = _context.ImageTranslation.Trainers.Pix2Pix(options).Fit(data);
        return File.ReadAllText(Path.Combine(options.OutputFolder, "log.jsonl"));
    }

    private static Pix2PixTrainer.Options Options(string source, string target)
    {
        var options = TinyRun.Pix2Pix(null);
        options.Pairs = null;
        options.ValidationPairs = null;
        options.SourceColumnName = source;
        options.TargetColumnName = target;
        options.OutputColumnName = "Translated";
        options.LoadSize = 16;
        options.Epochs = 1;
        options.DecayEpochs = 0;
        return options;
    }

    private List<Row> Rows(int count)
    {
        var rows = new List<Row>();
        for (int i = 0; i < count; i++)
        {
            var row = new Row { Source = _folder.File($"a{i}.png"), Target = _folder.File($"b{i}.png") };
            ImageEncoder.Save(TestTensors.Image(i, 16, 16), row.Source);
            ImageEncoder.Save(TestTensors.Negative(TestTensors.Image(i, 16, 16)), row.Target);
            rows.Add(row);
        }
        return rows;
    }

    // 0 is good; 1 has no source; 2's source is missing; 3's is damaged; 4's target is missing; 5's source has one colour;
    // 6 is good.
    private List<Row> BadRows()
    {
        var rows = Rows(7);
        rows[1].Source = "";
        rows[2].Source = _folder.File("missing.png");
        File.WriteAllBytes(rows[3].Source, [.. "no image"u8]);
        File.Delete(rows[4].Target);
        ImageEncoder.Save(new RgbImage(16, 16), rows[5].Source);
        return rows;
    }

    private sealed class Row
    {
        public string Source { get; set; } = "";

        public string Target { get; set; } = "";
    }

    private sealed class Photo
    {
        public string Source { get; set; } = "";
    }
}
