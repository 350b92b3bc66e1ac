using System.Collections.Immutable;

namespace MlNetImageTranslation.Networks;

/// <summary>
/// Writes a <see cref="NetworkGraph"/> layer by layer. Every method appends a layer that reads the one before it
/// (or the layers named) and returns the builder; channel counts are found from the inputs.
/// </summary>
public sealed class NetworkBuilder
{
    private readonly string _name;
    private readonly TensorShape _input;
    private readonly List<Layer> _layers = [];
    private readonly Dictionary<string, TensorShape> _shapes = [];

    /// <summary>Begins a network of that name with an input of that shape.</summary>
    public NetworkBuilder(string name, TensorShape input)
    {
        (_name, _input, Last) = (name, input, NetworkGraph.InputName);
        _shapes[Last] = input;
    }

    /// <summary>The name of the newest layer; the next one reads it.</summary>
    public string Last { get; private set; }

    /// <summary>The shape of the newest layer's output.</summary>
    public TensorShape Shape => _shapes[Last];

    /// <summary>Lets the next layer read the layer of that name.</summary>
    public NetworkBuilder From(string layer)
    {
        Last = _shapes.ContainsKey(layer)
            ? layer
            : throw new ArgumentException($"Network '{_name}' has no layer named '{layer}' yet.", nameof(layer));
        return this;
    }

    /// <summary>Appends a convolution.</summary>
    public NetworkBuilder Convolution(
        string name,
        int channels,
        int kernelSize,
        int stride = 1,
        Padding padding = default,
        bool bias = true
    ) =>
        Add(
            new ConvolutionLayer
            {
                Name = name,
                Inputs = [Last],
                InputChannels = Shape.Channels,
                OutputChannels = channels,
                KernelSize = kernelSize,
                Stride = stride,
                Padding = padding,
                Bias = bias,
            }
        );

    /// <summary>Appends a transposed convolution; <paramref name="crop"/> is cropped from its full output.</summary>
    public NetworkBuilder TransposedConvolution(
        string name,
        int channels,
        int kernelSize,
        int stride,
        Padding crop = default,
        bool bias = true
    ) =>
        Add(
            new TransposedConvolutionLayer
            {
                Name = name,
                Inputs = [Last],
                InputChannels = Shape.Channels,
                OutputChannels = channels,
                KernelSize = kernelSize,
                Stride = stride,
                Padding = crop,
                Bias = bias,
            }
        );

    /// <summary>Appends a normalization as the norm says; nothing for <see cref="NormalizationKind.None"/>.</summary>
    public NetworkBuilder Normalization(string name, NormalizationKind norm) =>
        norm switch
        {
            NormalizationKind.None => this,
            NormalizationKind.Batch => Add(
                new NormalizationLayer
                {
                    Name = name,
                    Inputs = [Last],
                    Kind = NormalizationKind.Batch,
                    Channels = Shape.Channels,
                    Affine = true,
                    RunningStatistics = true,
                }
            ),
            NormalizationKind.Instance => Add(
                new NormalizationLayer
                {
                    Name = name,
                    Inputs = [Last],
                    Kind = NormalizationKind.Instance,
                    Channels = Shape.Channels,
                }
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(norm), norm, "Expected Batch, Instance or None."),
        };

    /// <summary>Appends max(x, 0).</summary>
    public NetworkBuilder Relu(string name) => Activation(name, ActivationKind.Relu);

    /// <summary>Appends a leaky ReLU.</summary>
    public NetworkBuilder LeakyRelu(string name, float negativeSlope = 0.2f) =>
        Activation(name, ActivationKind.LeakyRelu, negativeSlope);

    /// <summary>Appends a hyperbolic tangent.</summary>
    public NetworkBuilder Tanh(string name) => Activation(name, ActivationKind.Tanh);

    /// <summary>Appends a dropout.</summary>
    public NetworkBuilder Dropout(string name, float probability = 0.5f) =>
        Add(
            new DropoutLayer
            {
                Name = name,
                Inputs = [Last],
                Probability = probability,
            }
        );

    /// <summary>Appends pixels around the image.</summary>
    public NetworkBuilder Pad(string name, Padding padding, PaddingMode mode) =>
        Add(
            new PaddingLayer
            {
                Name = name,
                Inputs = [Last],
                Padding = padding,
                Mode = mode,
            }
        );

    /// <summary>Appends a 2x2 maximum with stride 2.</summary>
    public NetworkBuilder MaxPool(string name) =>
        Add(
            new PoolingLayer
            {
                Name = name,
                Inputs = [Last],
                Kind = PoolingKind.Max,
            }
        );

    /// <summary>Appends an enlargement.</summary>
    public NetworkBuilder Upsample(string name, int scale = 2, UpsamplingMode mode = UpsamplingMode.Nearest) =>
        Add(
            new UpsamplingLayer
            {
                Name = name,
                Inputs = [Last],
                Scale = scale,
                Mode = mode,
            }
        );

    /// <summary>Appends a low-pass filter that halves the image.</summary>
    public NetworkBuilder Blur(string name) => Add(new BlurLayer { Name = name, Inputs = [Last] });

    /// <summary>Appends the channels of the layers named, in that order.</summary>
    public NetworkBuilder Concatenate(string name, params ReadOnlySpan<string> inputs) =>
        Add(new ConcatenationLayer { Name = name, Inputs = [.. inputs] });

    /// <summary>Appends the sum of the layers named.</summary>
    public NetworkBuilder Sum(string name, params ReadOnlySpan<string> inputs) =>
        Add(new AdditionLayer { Name = name, Inputs = [.. inputs] });

    /// <summary>Appends a constant scale and offset for every channel.</summary>
    public NetworkBuilder Scale(string name, ImmutableArray<float> scale, ImmutableArray<float> offset) =>
        Add(
            new ScaleLayer
            {
                Name = name,
                Inputs = [Last],
                Scale = scale,
                Offset = offset,
            }
        );

    /// <summary>Appends a flattening of all values into features.</summary>
    public NetworkBuilder Flatten(string name) => Add(new FlattenLayer { Name = name, Inputs = [Last] });

    /// <summary>Appends a fully connected layer.</summary>
    public NetworkBuilder Dense(string name, int features, bool bias = true) =>
        Add(
            new DenseLayer
            {
                Name = name,
                Inputs = [Last],
                InputFeatures = Shape.Channels,
                OutputFeatures = features,
                Bias = bias,
            }
        );

    /// <summary>Appends any layer, for settings that the methods above do not have.</summary>
    /// <exception cref="ArgumentException">The layer cannot read its inputs, or its name is taken.</exception>
    public NetworkBuilder Add(Layer layer)
    {
        LayerChecks.Check(layer);
        var shape = layer.OutputShape(
            layer
                .Inputs.Select(name =>
                    _shapes.TryGetValue(name, out var input)
                        ? input
                        : throw new ArgumentException(
                            $"Layer '{layer.Name}' reads '{name}', which is not a layer before it.",
                            nameof(layer)
                        )
                )
                .ToArray()
        );
        if (!_shapes.TryAdd(layer.Name, shape))
            throw new ArgumentException($"Network '{_name}' already has a layer named '{layer.Name}'.", nameof(layer));
        _layers.Add(layer);
        Last = layer.Name;
        return this;
    }

    /// <summary>The finished network.</summary>
    public NetworkGraph Build() => new(_name, _input, [.. _layers]);

    private NetworkBuilder Activation(string name, ActivationKind kind, float negativeSlope = 0) =>
        Add(
            new ActivationLayer
            {
                Name = name,
                Inputs = [Last],
                Kind = kind,
                NegativeSlope = negativeSlope,
            }
        );
}
