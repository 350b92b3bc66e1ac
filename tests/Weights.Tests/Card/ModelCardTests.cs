using System.Text.Json;
using System.Text.Json.Nodes;
using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Weights.Tests;

public sealed class ModelCardTests
{
    private static readonly ModelCard s_card = new()
    {
        Architecture = "unet-256",
        SizeMultiple = 256,
        TrainingSize = new(512, 256),
        FixedSize = new(256, 512),
        Interface = ModelInterface.Uint8Nhwc,
        NormStatistics = NormalizationStatistics.Image,
        Precision = WeightPrecision.Float16,
        HasGlobalStatistics = true,
        ReceptiveField = 286,
        WeightsSha256 = "00ff",
        Provenance = new()
        {
            Trainer = "pix2pix",
            Direction = "AtoB",
            Epoch = 3,
            Steps = 1200,
            BatchSize = 1,
            DataSet = "größe \"x\"",
            TrainingImages = 400,
            CreatedBy = "t 1",
            Created = DateTimeOffset.UnixEpoch,
        },
    };

    [Fact]
    public void Round_trip_keeps_everything() => Assert.Equal(s_card, ModelCard.FromJson(s_card.ToJson()));

    [Fact]
    public void Json_has_the_names_that_other_programs_read()
    {
        using var json = JsonDocument.Parse(s_card.ToJson());
        Assert.Equal("unet-256", json.RootElement.GetProperty("architecture").GetString());
        Assert.Equal("uint8-nhwc", json.RootElement.GetProperty("interface").GetString());
        Assert.Equal("picture", json.RootElement.GetProperty("normStatistics").GetString());
        Assert.Equal("float16", json.RootElement.GetProperty("precision").GetString());
        Assert.Equal(512, json.RootElement.GetProperty("trainingSize").GetProperty("width").GetInt32());
        Assert.Equal(1200, json.RootElement.GetProperty("provenance").GetProperty("steps").GetInt32());
    }

    [Fact]
    public void Members_of_a_newer_program_are_ignored_and_missing_ones_have_defaults()
    {
        var card = ModelCard.FromJson("""{"architecture": "x", "somethingNew": {"a": [1]}}""");
        Assert.Equal(new ModelCard { Architecture = "x" }, card);
    }

    [Theory]
    [InlineData("architecture", "\"\"")]
    [InlineData("architecture", "3")]
    [InlineData("formatVersion", "2")]
    [InlineData("inputChannels", "0")]
    [InlineData("outputChannels", "100000")]
    [InlineData("sizeMultiple", "-4")]
    [InlineData("pixelMaximum", "-1")]
    [InlineData("receptiveField", "0")]
    [InlineData("interface", "7")]
    [InlineData("interface", "\"nchw\"")]
    [InlineData("precision", "\"float8\"")]
    [InlineData("precision", "1")]
    [InlineData("normStatistics", "\"batch\"")]
    [InlineData("fixedSize", """{"height": 0, "width": 4}""")]
    [InlineData("trainingSize", """{"height": 4, "width": 99999999}""")]
    public void Damaged_cards_are_refused_and_the_member_is_named(string member, string value)
    {
        var json = JsonNode.Parse(s_card.ToJson())!.AsObject();
        json[member] = JsonNode.Parse(value);
        var problem = Assert.Throws<FormatException>(() => ModelCard.FromJson(json.ToJsonString()));
        Assert.Contains(member, problem.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Null_is_a_mistake_of_the_program() =>
        Assert.Throws<ArgumentNullException>(() => ModelCard.FromJson(null!));

    [Theory, MemberData(nameof(Impossible))]
    public void A_card_that_could_not_be_read_again_is_not_written(string member, ModelCard card)
    {
        var exception = Assert.Throws<InvalidOperationException>(card.ToJson);
        Assert.Contains($"model card's {member}", exception.Message);
    }

    public static TheoryData<string, ModelCard> Impossible =>
        new()
        {
            { "precision", s_card with { Precision = (WeightPrecision)99 } },
            { "interface", s_card with { Interface = (ModelInterface)99 } },
            { "normStatistics", s_card with { NormStatistics = (NormalizationStatistics)99 } },
            { "sizeMultiple", s_card with { SizeMultiple = 0 } },
        };

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"architecture\": \"x\"")]
    public void What_is_no_card_is_refused(string json) =>
        Assert.Throws<FormatException>(() => ModelCard.FromJson(json));

    [Fact]
    public void Cards_without_measure_are_refused_before_they_are_read() =>
        Assert.Contains(
            "at most 65536",
            Assert.Throws<FormatException>(() => ModelCard.FromJson(new string(' ', 65537))).Message
        );

    [Theory]
    [InlineData("256", 256, 256)]
    [InlineData("512x128", 512, 128)]
    public void Sizes_are_read_as_width_and_height(string text, int width, int height)
    {
        var size = ImageSize.Parse(text);
        Assert.Equal(width, size.Width);
        Assert.Equal(height, size.Height);
        Assert.Equal($"{width}x{height}", size.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("0")]
    [InlineData("12x")]
    [InlineData("-3x4")]
    [InlineData("1x2x3")]
    [InlineData("65536")]
    [InlineData(" 4")]
    public void What_is_no_size_is_refused(string text) =>
        Assert.Contains("WIDTHxHEIGHT", Assert.Throws<FormatException>(() => ImageSize.Parse(text)).Message);
}
