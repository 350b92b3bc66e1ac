using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class OptionsTests
{
    public static TheoryData<TrainingOptions> All =>
        [
            new Pix2PixTrainer.Options(),
            new CycleGanTrainer.Options(),
            new RegressionTrainer.Options(),
            new CutTrainer.Options(),
            new SimGanTrainer.Options(),
            new BiGanTrainer.Options(),
            new FeatureGanTrainer.Options(),
        ];

    [Theory]
    [MemberData(nameof(All))]
    public void Options_are_properties_and_come_back_from_JSON(TrainingOptions options)
    {
        var type = options.GetType();
        Assert.Empty(type.GetFields(BindingFlags.Public | BindingFlags.Instance));
        options.OutputFolder = "run";
        options.Seed = 5;
        options.Epochs = 3;
        options.FlushToDisk = false;
        ((GeneratorOptions)options).SourceColumnName = "Photo";
        ((GeneratorOptions)options).Direction = TranslationDirection.BtoA;
        string json = JsonSerializer.Serialize(options, type);
        var back = (GeneratorOptions)JsonSerializer.Deserialize(json, type)!;
        Assert.Equal("run", back.OutputFolder);
        Assert.Equal(5, back.Seed);
        Assert.Equal(3, back.Epochs);
        Assert.False(back.FlushToDisk);
        Assert.Equal("Photo", back.SourceColumnName);
        Assert.Equal(json, JsonSerializer.Serialize(back, type));
    }

    [Theory]
    [InlineData("resnett-9", "There is no generator named 'resnett-9'. Did you mean 'resnet-9' or 'resnet-6'?")]
    [InlineData("patch", "Network 'patch' is no generator.")]
    [InlineData("n_layers", "Network 'n_layers' is no generator.")]
    [InlineData("vgg16", "Network 'vgg16' is no generator.")]
    public void What_is_no_generator_is_answered_with_generators(string name, string expected)
    {
        var options = new CutTrainer.Options { Generator = name };
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => new CutTrainer(options)).Message;
        Assert.Contains(expected, message);
        Assert.All(NetworkCatalog.Generators, known => Assert.Contains($" {known}", message));
        Assert.DoesNotContain("keras-cyclegan-patch", message);
    }

    [Theory]
    [InlineData("pixle", "There is no discriminator named 'pixle'. Did you mean 'pixel'?")]
    [InlineData("resnet-9", "Network 'resnet-9' is no discriminator.")]
    [InlineData("unet-64", "Network 'unet-64' is no discriminator.")]
    public void What_is_no_discriminator_is_answered_with_discriminators(string name, string expected)
    {
        var options = new Pix2PixTrainer.Options { Discriminator = name };
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => new Pix2PixTrainer(options)).Message;
        Assert.Contains(expected, message);
        Assert.All(NetworkCatalog.Discriminators, known => Assert.Contains($" {known}", message));
        Assert.DoesNotContain("keras-resnet-6", message);
    }

    [Fact]
    public void The_names_in_a_run_folder_are_those_of_before()
    {
        // As options.json of version 0.1 has them.
        string[] expected =
        [
            "accumulationSteps",
            "averageDecay",
            "badPictures",
            "batchSize",
            "beta1",
            "beta2",
            "checkpointEveryEpochs",
            "checkpointEverySteps",
            "colorJitter",
            "cropSize",
            "dataFolder",
            "decayEpochs",
            "device",
            "direction",
            "discriminator",
            "discriminatorAugmentation",
            "discriminatorFilters",
            "discriminatorLayers",
            "discriminatorScales",
            "dropout",
            "earlyStoppingPatience",
            "epochs",
            "epsilon",
            "featureMatchingWeight",
            "flip",
            "generator",
            "generatorFilters",
            "gpuDeviceId",
            "gradientPenaltyWeight",
            "initialDiscriminator",
            "initialGenerator",
            "initialization",
            "initializationGain",
            "inputChannels",
            "instanceFolder",
            "l1Weight",
            "labelCount",
            "labelPaletteFile",
            "layout",
            "learningRate",
            "learningRateDecayEvery",
            "learningRatePolicy",
            "loadSize",
            "logEvery",
            "maximumDataSize",
            "maximumValidationSize",
            "norm",
            "objective",
            "order",
            "outputChannels",
            "perceptualWeight",
            "pictureCacheMegabytes",
            "precision",
            "preprocess",
            "rotation",
            "sampleCount",
            "sampleEveryEpochs",
            "secondGeneratorPass",
            "seed",
            "separateDiscriminatorUpdates",
            "snapshotEveryEpochs",
            "tensorBoard",
            "threads",
            "totalVariationWeight",
            "validateEveryEpochs",
            "validationFraction",
            "vggWeights",
        ];
        var node = JsonSerializer.SerializeToNode(new Pix2PixTrainer.Options(), OptionsJson.Settings)!.AsObject();
        Assert.Equal(expected, node.Select(member => member.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("256", 256, 256, "256")]
    [InlineData("\"512x256\"", 512, 256, "\"512x256\"")]
    [InlineData("\"64\"", 64, 64, "64")]
    public void Sizes_are_numbers_for_squares_and_texts_for_rectangles(
        string json,
        int width,
        int height,
        string written
    )
    {
        var size = JsonSerializer.Deserialize<ImageSize>(json, OptionsJson.Settings);
        Assert.Equal(new ImageSize(width, height), size);
        Assert.Equal(written, JsonSerializer.Serialize(size, OptionsJson.Settings));
        foreach (string bad in (ReadOnlySpan<string>)["\"512x\"", "2.5", "null", "{}"])
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ImageSize>(bad, OptionsJson.Settings));
    }

    [Theory]
    [InlineData("\"AtoB\"", TranslationDirection.AtoB)]
    [InlineData("\"BtoA\"", TranslationDirection.BtoA)]
    [InlineData("\"ato-b\"", TranslationDirection.AtoB)]
    [InlineData("\"bto-a\"", TranslationDirection.BtoA)]
    public void Directions_are_read_as_they_are_written_and_as_they_were(string json, TranslationDirection expected)
    {
        Assert.Equal(expected, JsonSerializer.Deserialize<TranslationDirection>(json, OptionsJson.Settings));
        Assert.Equal($"\"{expected}\"", JsonSerializer.Serialize(expected, OptionsJson.Settings));
        Assert.Throws<JsonException>(() =>
            JsonSerializer.Deserialize<TranslationDirection>("\"AtoC\"", OptionsJson.Settings)
        );
    }

    [Fact]
    public void A_run_of_before_goes_on()
    {
        using var folder = new TemporaryFolder();
        new Pix2PixTrainer(TinyRun.Pix2Pix(folder.File("run"))).Train();
        var run = new RunFolder(folder.File("run"));
        var document = JsonNode.Parse(File.ReadAllText(run.Options))!;
        Assert.Equal("AtoB", document["options"]!["direction"]!.GetValue<string>());
        document["options"]!["direction"] = "ato-b";
        File.WriteAllText(run.Options, document.ToJsonString());
        var options = TrainingOptions.FromRun<Pix2PixTrainer.Options>(run.Path);
        Assert.Null(options.GeneratorGraph);
        Assert.Null(options.DiscriminatorGraph);
        Assert.Null(options.GpuDeviceId);
        options.Pairs = TestTensors.Pairs(8, 20);
        options.ValidationPairs = TestTensors.Pairs(2, 20);
        options.ExportModel = false;
        Assert.Equal(24, new Pix2PixTrainer(options).Train().Steps);
        // A misspelled or unknown option is no default.
        document["options"]!["speed"] = 3;
        File.WriteAllText(run.Options, document.ToJsonString());
        Assert.Contains(
            "options.speed",
            Assert.Throws<InvalidOperationException>(() => new Pix2PixTrainer(options).Train()).Message
        );
        document["trainer"] = 5;
        File.WriteAllText(run.Options, document.ToJsonString());
        Assert.Throws<InvalidDataException>(() => TrainingOptions.FromRun<Pix2PixTrainer.Options>(run.Path));
    }

    [Fact]
    public void Every_network_of_the_catalog_has_a_name_to_choose_it_by()
    {
        var constants = typeof(NetworkCatalog).GetFields(BindingFlags.Public | BindingFlags.Static);
        Assert.Equal(
            NetworkCatalog.Generators.Concat(NetworkCatalog.Discriminators).Order(),
            constants.Select(field => (string)field.GetRawConstantValue()!).Order()
        );
    }
}
