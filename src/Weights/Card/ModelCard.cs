using System.Text.Json;
using System.Text.Json.Serialization;
using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// Everything that one has to know to run a model, and where it comes from. It travels inside the model file:
/// in an ONNX file's metadata and in a safetensors file's header, as JSON under <see cref="MetadataKey"/>.
/// </summary>
public sealed record ModelCard
{
    /// <summary>The key of the card's JSON in the metadata of ONNX and safetensors files.</summary>
    public const string MetadataKey = "imt.model_card";

    /// <summary>The longest card that is read, in characters.</summary>
    public const int MaximumJsonLength = 1 << 16;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = 8,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>The version of the card's own format.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>The architecture's name, such as <c>unet-256</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>
    /// Channels that the network itself reads. The uint8 interface has three, or six where the model
    /// <see cref="ReadsInstances"/>.
    /// </summary>
    public int InputChannels { get; init; } = 3;

    /// <summary>Channels that the network itself writes (the uint8 interface always has three).</summary>
    public int OutputChannels { get; init; } = 3;

    /// <summary>What both sides of an image must be a multiple of; callers pad and crop back.</summary>
    public int SizeMultiple { get; init; } = 1;

    /// <summary>The size of the images it was trained on, where known.</summary>
    public ImageSize? TrainingSize { get; init; }

    /// <summary>The only size that the file accepts; null where height and width are free.</summary>
    public ImageSize? FixedSize { get; init; }

    /// <summary>What the ONNX file reads and writes; null in a file of mere weights.</summary>
    public ModelInterface? Interface { get; init; }

    /// <summary>What black is to the network.</summary>
    public float PixelMinimum { get; init; } = -1;

    /// <summary>What full white is to the network.</summary>
    public float PixelMaximum { get; init; } = 1;

    /// <summary>
    /// Where its batch norms take their statistics from; null where it has none or the file holds mere weights.
    /// </summary>
    public NormalizationStatistics? NormStatistics { get; init; }

    /// <summary>Whether dropout is on when an image is translated (outputs then differ from run to run).</summary>
    public bool DropoutAtInference { get; init; }

    /// <summary>How the weights are stored.</summary>
    public WeightPrecision Precision { get; init; }

    /// <summary>
    /// Whether every output pixel depends on the whole image through statistics (instance norm, batch norm by the
    /// image) or a dense layer: tiles of such a model are not the same as the whole.
    /// </summary>
    public bool HasGlobalStatistics { get; init; }

    /// <summary>
    /// Side of the square of input pixels that one output pixel sees through convolutions, where known; tiles that
    /// overlap by as much have no seams.
    /// </summary>
    public int? ReceptiveField { get; init; }

    /// <summary>
    /// What the images that it reads are made of, where they are label images: the colours of the classes, as
    /// <c>#rrggbb</c>. A pixel counts as the nearest of them. Null for other images.
    /// </summary>
    public IReadOnlyList<string>? LabelColors { get; init; }

    /// <summary>
    /// Whether the model reads an instance image beside the label image: an image of the same size, whose colours only
    /// have to differ from instance to instance. It has the last three of six input channels. Cards of before this
    /// entry leave it out: of such a model's six channels, the last three are the instance image as well.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ReadsInstances { get; init; }

    /// <summary>Where the weights come from.</summary>
    public ModelProvenance? Provenance { get; init; }

    /// <summary>
    /// SHA-256 of the network's float32 weights before any folding or rounding (<see cref="StateDict.ComputeHash"/>),
    /// lower-case hexadecimal.
    /// </summary>
    public string? WeightsSha256 { get; init; }

    /// <summary>The card with what the layers say of the images that the network reads.</summary>
    public ModelCard WithLabelsOf(NetworkGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.Layers.OfType<LabelPlanesLayer>().FirstOrDefault() is { } labels
            ? this with
            {
                LabelColors = [.. labels.Colors.Select(color => $"#{color:x6}")],
                ReadsInstances = NetworkCatalog.ReadsInstances(graph),
            }
            : this;
    }

    /// <summary>The card as JSON.</summary>
    /// <exception cref="InvalidOperationException">A value makes no sense, so that <see cref="FromJson"/> would refuse
    /// the text; the message says which.</exception>
    public string ToJson()
    {
        try
        {
            Checked();
        }
        catch (FormatException exception)
        {
            throw new InvalidOperationException(exception.Message, exception);
        }
        return JsonSerializer.Serialize(this, s_json);
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote; unknown members are ignored.</summary>
    /// <exception cref="FormatException">The text is not a model card, or a value makes no sense; the message says
    /// which.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    public static ModelCard FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > MaximumJsonLength)
            throw new FormatException(
                $"A model card has at most {MaximumJsonLength} characters, but this one has {json.Length}."
            );
        try
        {
            var card =
                JsonSerializer.Deserialize<ModelCard>(json, s_json)
                ?? throw new FormatException("The model card is JSON null.");
            return card.Checked();
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw new FormatException($"This is not the JSON of a model card: {exception.Message}", exception);
        }
    }

    private ModelCard Checked()
    {
        if (FormatVersion != 1)
            throw Wrong("formatVersion", "1 (a newer program wrote this card)", FormatVersion);
        if (string.IsNullOrEmpty(Architecture))
            throw Wrong("architecture", "a name", Architecture);
        if (InputChannels is < 1 or > 4096)
            throw Wrong("inputChannels", "1..4096", InputChannels);
        if (ReadsInstances && InputChannels != 6)
            throw Wrong("inputChannels", "6, because readsInstances is true", InputChannels);
        if (OutputChannels is < 1 or > 4096)
            throw Wrong("outputChannels", "1..4096", OutputChannels);
        if (SizeMultiple is < 1 or > 65535)
            throw Wrong("sizeMultiple", "1..65535", SizeMultiple);
        CheckDefined("interface", Interface);
        CheckDefined("normStatistics", NormStatistics);
        CheckDefined<WeightPrecision>("precision", Precision);
        if (!(PixelMinimum < PixelMaximum) || !float.IsFinite(PixelMaximum - PixelMinimum))
            throw Wrong("pixelMaximum", $"more than pixelMinimum, {PixelMinimum}", PixelMaximum);
        if (ReceptiveField is < 1)
            throw Wrong("receptiveField", "at least 1", ReceptiveField);
        foreach (var (name, size) in new[] { ("trainingSize", TrainingSize), ("fixedSize", FixedSize) })
            if (size is { } sides && (sides.Height is < 1 or > 65535 || sides.Width is < 1 or > 65535))
                throw Wrong(name, "sides of 1..65535", size);
        return this;
    }

    private static void CheckDefined<T>(string member, T? value)
        where T : struct, Enum
    {
        if (value is { } given && !Enum.IsDefined(given))
            throw Wrong(member, $"one of {string.Join(", ", Enum.GetNames<T>())}", given);
    }

    private static FormatException Wrong(string member, string expected, object? found) =>
        new(FormattableString.Invariant($"The model card's {member} should be {expected}, but is '{found}'."));
}
