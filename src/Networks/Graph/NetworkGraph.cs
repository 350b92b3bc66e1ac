using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Networks;

/// <summary>
/// A network as data: an immutable list of named layers in the order of computation, one input, one output.
/// It says what the network is; training, export, counting and drawing read it.
/// </summary>
public sealed class NetworkGraph
{
    /// <summary>The name by which layers refer to the network's input.</summary>
    public const string InputName = "input";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        // Not WhenWritingDefault: a layer's own default may differ from its type's (Bias is true), so false has to be
        // written.
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Makes a graph and checks that every layer reads layers before it, of shapes that it can read.</summary>
    /// <param name="name">The architecture's name, such as <c>unet-256</c>.</param>
    /// <param name="input">The input for which the network was designed; other sizes may do (see
    /// <see cref="Shapes"/>).</param>
    /// <param name="layers">The layers in the order of computation; the last one is the output.</param>
    /// <exception cref="ArgumentException">There is no layer, a name stands twice, or a layer cannot read its
    /// inputs.</exception>
    [JsonConstructor]
    public NetworkGraph(string name, TensorShape input, ImmutableArray<Layer> layers)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (layers.IsDefaultOrEmpty)
            throw new ArgumentException($"Network '{name}' has no layers.", nameof(layers));
        foreach (var layer in layers)
            LayerChecks.Check(layer);
        (Name, Input, Layers) = (name, input, layers);
        Output = Shapes(input)[layers[^1].Name];
        SizeMultiple = FindSizeMultiple();
    }

    /// <summary>The architecture's name, such as <c>unet-256</c>.</summary>
    public string Name { get; }

    /// <summary>The shape of the input for which the network was designed.</summary>
    public TensorShape Input { get; }

    /// <summary>The layers in the order of computation.</summary>
    public ImmutableArray<Layer> Layers { get; }

    /// <summary>
    /// The side of the square of input pixels that one output value sees through kernels; the whole input for a network
    /// with a dense layer. May be larger than the input. Statistics over the whole image (instance norm, batch norm by
    /// the image) are not counted.
    /// </summary>
    [JsonIgnore]
    public int ReceptiveField => Networks.ReceptiveField.Of(this);

    /// <summary>The shape of the output for <see cref="Input"/>.</summary>
    [JsonIgnore]
    public TensorShape Output { get; }

    /// <summary>
    /// What both sides of an image must be a multiple of: the factor by which the network shrinks it on the way and
    /// enlarges it again. 1 for networks that only shrink, such as discriminators.
    /// </summary>
    [JsonIgnore]
    public int SizeMultiple { get; }

    /// <summary>Whether the network reads images of its designed size only (it has a dense layer).</summary>
    [JsonIgnore]
    public bool HasFixedSize => Layers.Any(layer => layer is DenseLayer);

    /// <summary>All weights, in the order of the layers.</summary>
    [JsonIgnore]
    public IEnumerable<ParameterSpec> Parameters => Layers.SelectMany(layer => layer.Parameters);

    /// <summary>How many values of the weights training changes: what PyTorch counts.</summary>
    [JsonIgnore]
    public long TrainableParameters => ParameterCounts.Of(this).Trainable;

    /// <summary>How many values frozen layers have, their running statistics not among them.</summary>
    [JsonIgnore]
    public long FrozenParameters => ParameterCounts.Of(this).Frozen;

    /// <summary>
    /// How many values the running means and variances of batch norms have, frozen or not. Keras counts them, and
    /// <see cref="FrozenParameters"/>, as not trainable.
    /// </summary>
    [JsonIgnore]
    public long RunningStatistics => ParameterCounts.Of(this).Statistics;

    /// <summary>
    /// The output shape of every layer (and of <see cref="InputName"/>) for an input of the given shape.
    /// </summary>
    /// <exception cref="ArgumentException">A layer cannot read its inputs; the message names it.</exception>
    public IReadOnlyDictionary<string, TensorShape> Shapes(TensorShape input)
    {
        LayerChecks.Check(InputName, input);
        var shapes = new Dictionary<string, TensorShape>(Layers.Length + 1) { [InputName] = input };
        foreach (var layer in Layers)
        {
            var inputs = layer
                .Inputs.Select(name =>
                    shapes.TryGetValue(name, out var shape)
                        ? shape
                        : throw new ArgumentException(
                            $"Layer '{layer.Name}' of network '{Name}' reads '{name}', which is not a layer before it."
                        )
                )
                .ToArray();
            var output = layer.OutputShape(inputs);
            LayerChecks.Check(layer.Name, output);
            if (!shapes.TryAdd(layer.Name, output))
                throw new ArgumentException($"Network '{Name}' has two layers named '{layer.Name}'.");
        }
        return shapes;
    }

    /// <summary>The layer of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Layer this[string name] =>
        Layers.FirstOrDefault(layer => layer.Name == name)
        ?? throw new KeyNotFoundException($"Network '{Name}' has no layer named '{name}'.");

    /// <summary>
    /// What Keras' <c>model.summary()</c> tells, and more, as a text of lines: layers, shapes, parameters,
    /// multiply-adds, receptive field.
    /// </summary>
    /// <param name="input">The input for which shapes and multiply-adds are given; <see cref="Input"/> where
    /// null.</param>
    /// <exception cref="ArgumentException">The network cannot read such an input; the message names the
    /// layer.</exception>
    public string ToSummary(TensorShape? input = null) => NetworkSummary.Of(this, input ?? Input).ToString();

    /// <summary>
    /// The network as the text of an SVG file: a box for every convolution with what belongs to it, from left to right
    /// in the order of computation, skips and residual connections as arrows.
    /// </summary>
    public string ToSvg() => NetworkDiagram.ToSvg(this);

    /// <summary>The graph as JSON, for run folders and the headers of weight files.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, s_json);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not the JSON of a graph, or a setting makes no sense; the message
    /// says which.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    public static NetworkGraph FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return JsonSerializer.Deserialize<NetworkGraph>(json, s_json)
                ?? throw new FormatException("The network graph is JSON null.");
        }
        catch (Exception exception)
            when (exception is JsonException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw new FormatException($"This is not the JSON of a network graph: {exception.Message}", exception);
        }
    }

    // What is shrunk and enlarged again keeps its size only if nothing was left over on the way down.
    private int FindSizeMultiple()
    {
        var scales = new Dictionary<string, double> { [InputName] = 1 };
        double largest = 1;
        foreach (var layer in Layers)
        {
            double scale = layer.Inputs.Max(name => scales[name]);
            if (layer is TransposedConvolutionLayer or UpsamplingLayer)
                largest = Math.Max(largest, scale);
            scales[layer.Name] =
                scale
                * layer switch
                {
                    ConvolutionLayer convolution => convolution.Stride,
                    PoolingLayer pooling => pooling.Stride,
                    TransposedConvolutionLayer transposed => 1.0 / transposed.Stride,
                    UpsamplingLayer upsampling => 1.0 / upsampling.Scale,
                    BlurLayer => BlurLayer.Stride,
                    _ => 1,
                };
        }
        return largest <= ushort.MaxValue
            ? (int)Math.Round(largest)
            : throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Network '{Name}' shrinks images {largest:g3} times before it enlarges them; expected at most "
                        + $"{ushort.MaxValue} times."
                )
            );
    }
}
