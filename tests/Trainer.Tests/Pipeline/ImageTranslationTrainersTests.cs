using System.Text.Json.Nodes;
using Microsoft.ML;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms;
using MlNetImageTranslation.Weights;
using TorchSharp;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>What is reached through <c>mlContext.ImageTranslation</c>.</summary>
public sealed class ImageTranslationTrainersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ImageTranslationTrainersTests()
    {
        for (int i = 0; i < 4; i++)
        {
            var image = TestTensors.Image(i, 16, 16);
            ImageEncoder.Save(image, _folder.File($"a{i}.png"));
            ImageEncoder.Save(TestTensors.Negative(image), _folder.File($"b{i}.png"));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_seed_of_the_context_decides_the_run()
    {
        string seven = Train(new MLContext(7), "seven");
        Assert.Equal(seven, Train(new MLContext(7), "again"));
        Assert.NotEqual(seven, Train(new MLContext(99), "other"));
        Assert.Equal(
            Train(new MLContext(7), "set", options => options.Seed = 3),
            Train(new MLContext(99), "set-too", options => options.Seed = 3)
        );
        Assert.Equal(Seed("seven"), Seed("again"));
        Assert.Equal(3, Seed("set"));
        // The short form sees the context, too.
        var context = new MLContext(7);
        using var model = context.Transforms.TranslateImage(Options("short")).Fit(Images(context));
        Assert.Equal(seven, Weights("short"));
    }

    [Fact]
    public void A_run_that_goes_on_keeps_its_seed_whatever_the_context_has()
    {
        var options = Options("run");
        options.Resume = true;
        using var cancellation = new CancellationTokenSource();
        options.Cancellation = cancellation.Token;
        options.Progress = new Pix2PixTrainerTests.Recorder(
            [],
            report =>
            {
                if (report.Step == 2)
                    cancellation.Cancel();
            }
        );
        var first = new MLContext(7);
        Assert.Throws<OperationCanceledException>(() =>
            first.ImageTranslation.Trainers.Pix2Pix(options).Fit(Images(first))
        );
        options.Cancellation = default;
        options.Progress = null;
        var second = new MLContext(99);
        using var model = second.ImageTranslation.Trainers.Pix2Pix(options).Fit(Images(second));
        Assert.Equal(Train(new MLContext(7), "whole"), Weights("run"));
    }

    [Fact]
    public void A_GPU_that_is_not_there_is_refused_before_an_image_is_read()
    {
        Assert.SkipWhen(torch.cuda.is_available(), "there is a GPU");
        var context = new MLContext { GpuDeviceId = 0, FallbackToCpu = false };
        var rows = context.Data.LoadFromEnumerable([new Row { Photo = "missing.png", Map = "missing.png" }]);
        var data = context.Transforms.LoadImages("Source", _folder.Path, "Photo").Fit(rows).Transform(rows);
        var options = Options(null);
        options.Device = TranslationDevice.Auto;
        string message = Assert
            .Throws<InvalidOperationException>(() => context.ImageTranslation.Trainers.Pix2Pix(options).Fit(data))
            .Message;
        Assert.Contains("CUDA device 0 was asked for", message);
        Assert.Contains("FallbackToCpu", message);
        options.GpuDeviceId = 5;
        Assert.Contains(
            "CUDA device 5",
            Assert.Throws<InvalidOperationException>(() => context.Transforms.TranslateImage(options).Fit(data)).Message
        );
    }

    [Fact]
    public void The_CPU_does_the_work_where_the_context_allows_it()
    {
        Assert.SkipWhen(torch.cuda.is_available(), "there is a GPU");
        var context = new MLContext(7) { GpuDeviceId = 0, FallbackToCpu = true };
        var messages = Listen(context);
        string weights = Train(context, "gpu", options => options.Device = TranslationDevice.Cuda);
        Assert.Equal(Train(new MLContext(7), "cpu"), weights);
        Assert.Contains(messages, message => message.Contains("The run is on the CPU", StringComparison.Ordinal));
    }

    [Fact]
    public void The_log_tells_device_network_data_losses_speed_and_the_end()
    {
        var context = new MLContext(7);
        var messages = Listen(context);
        Train(context, "run");
        Assert.Contains(
            messages,
            message =>
                message.Contains("pix2pix on CPU, 1 thread: resnet-1 with", StringComparison.Ordinal)
                && message.Contains(
                    "4 training and 0 validation samples of 16x16; 2 epochs, 8 steps",
                    StringComparison.Ordinal
                )
        );
        Assert.Contains(
            messages,
            message =>
                message.Contains("epoch 1 of 2, step 3 of 8: d_real ", StringComparison.Ordinal)
                && message.Contains("images/s", StringComparison.Ordinal)
                && message.Contains(" left", StringComparison.Ordinal)
        );
        Assert.Contains(
            messages,
            message => message.EndsWith("Finished after 2 epochs and 8 steps.", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(messages, message => message.Contains("epoch 3 of 2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nonsense", nameof(Pix2PixTrainer.Options.Generator))]
    [InlineData("nonsense", nameof(Pix2PixTrainer.Options.Discriminator))]
    [InlineData(100, nameof(Pix2PixTrainer.Options.CropSize))]
    [InlineData(8, nameof(Pix2PixTrainer.Options.CropSize))]
    [InlineData(-1, nameof(Pix2PixTrainer.Options.GpuDeviceId))]
    [InlineData(-1.0, nameof(Pix2PixTrainer.Options.InitializationGain))]
    [InlineData(-1, nameof(Pix2PixTrainer.Options.ImageCacheMegabytes))]
    [InlineData((TranslationDevice)99, nameof(Pix2PixTrainer.Options.Device))]
    [InlineData((AdversarialObjective)99, nameof(Pix2PixTrainer.Options.Objective))]
    [InlineData((DiscriminatorAugmentation)8, nameof(Pix2PixTrainer.Options.DiscriminatorAugmentation))]
    [InlineData(double.NaN, nameof(Pix2PixTrainer.Options.L1Weight))]
    public void What_cannot_be_trained_is_refused_by_the_call(object value, string option)
    {
        var options = new Pix2PixTrainer.Options
        {
            Generator = NetworkCatalog.UNet128,
            LoadSize = 286,
            CropSize = 256,
        };
        typeof(Pix2PixTrainer.Options)
            .GetProperty(option)!
            .SetValue(
                options,
                option == nameof(Pix2PixTrainer.Options.CropSize) ? ImageSize.FromInt32((int)value) : value
            );
        var context = new MLContext();
        string message = Assert
            .Throws<ArgumentOutOfRangeException>(() => context.ImageTranslation.Trainers.Pix2Pix(options))
            .Message;
        Assert.Contains(value is string name ? $"'{name}'" : option, message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Pix2PixTrainer(options));
    }

    [Fact]
    public void Simple_arguments_are_the_options()
    {
        var context = new MLContext();
        var trainers = context.GetImageTranslation().GetTrainers();
        Assert.Throws<ArgumentOutOfRangeException>(() => trainers.Regression(generator: "nonsense"));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainers.Pix2Pix(epochs: 0, decayEpochs: 0));
        Assert.Throws<ArgumentNullException>(() => trainers.CycleGan(targetData: null!));
        var missing = Assert.Throws<ArgumentOutOfRangeException>(() =>
            trainers
                .Pix2Pix(targetColumnName: "Map", sourceColumnName: "Nowhere")
                .Fit(context.Data.LoadFromEnumerable(new List<Row>()))
        );
        Assert.Contains("'Nowhere'", missing.Message);
    }

    [Fact]
    public void A_saved_pipeline_wants_the_source_only_and_needs_none_of_our_assemblies()
    {
        var context = new MLContext(7);
        var rows = context.Data.LoadFromEnumerable(
            Enumerable
                .Range(0, 4)
                .Select(i => new PathRow { Path = _folder.File($"a{i}.png"), TargetPath = _folder.File($"b{i}.png") })
        );
        var options = Options(null);
        options.TargetColumnName = "TargetPath";
        var pipeline = context
            .Transforms.LoadImages("Source", null, "Path")
            .Append(context.ImageTranslation.Trainers.Pix2Pix(options));
        using var model = pipeline.Fit(rows);
        context.Model.Save(model, rows.Schema, _folder.File("model.zip"));
        string[] lines = StockReader.Run([
            "--predict",
            _folder.File("model.zip"),
            "Translated",
            _folder.File("a0.png"),
            _folder.File("a3.png"),
        ]);
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.StartsWith("16 16 ", line, StringComparison.Ordinal));
        Assert.NotEqual(lines[0], lines[1]);
        // The metrics of the whole pipeline come through the same door.
        var targets = context.Transforms.LoadImages("Target", null, "TargetPath").Fit(rows).Transform(rows);
        Assert.InRange(context.ImageTranslation.Evaluate(model.Transform(targets)).L1, 0, 255);
    }

    private string Train(MLContext context, string run, Action<Pix2PixTrainer.Options>? change = null)
    {
        var options = Options(run);
        change?.Invoke(options);
        using var model = context.ImageTranslation.Trainers.Pix2Pix(options).Fit(Images(context));
        return Weights(run);
    }

    private string Weights(string run) => RunExporter.Load(_folder.File(run)).Weights.ComputeHash();

    private long Seed(string run) =>
        JsonNode.Parse(File.ReadAllText(new RunFolder(_folder.File(run)).Options))!["options"]![
            "seed"
        ]!.GetValue<long>();

    private Pix2PixTrainer.Options Options(string? run)
    {
        var options = TinyRun.Pix2Pix(run is null ? null : _folder.File(run));
        options.Pairs = null;
        options.ValidationPairs = null;
        options.Seed = null;
        options.Epochs = 2;
        options.DecayEpochs = 0;
        options.LoadSize = 16;
        options.OutputColumnName = "Translated";
        return options;
    }

    private IDataView Images(MLContext context)
    {
        var rows = context.Data.LoadFromEnumerable(
            Enumerable.Range(0, 4).Select(i => new Row { Photo = $"a{i}.png", Map = $"b{i}.png" }).ToList()
        );
        return context
            .Transforms.LoadImages("Source", _folder.Path, "Photo")
            .Append(context.Transforms.LoadImages("Target", _folder.Path, "Map"))
            .Fit(rows)
            .Transform(rows);
    }

    private static List<string> Listen(MLContext context)
    {
        var messages = new List<string>();
        context.Log += (_, entry) =>
        {
            lock (messages)
                messages.Add(entry.Message);
        };
        return messages;
    }

    private sealed class Row
    {
        public string Photo { get; set; } = "";

        public string Map { get; set; } = "";
    }

    private sealed class PathRow
    {
        public string Path { get; set; } = "";

        public string TargetPath { get; set; } = "";
    }
}
