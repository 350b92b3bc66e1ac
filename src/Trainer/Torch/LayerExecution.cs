using TorchSharp;
using static TorchSharp.torch.nn;
using Padding = MlNetImageTranslation.Networks.Padding;

namespace MlNetImageTranslation.Trainer;

/// <summary>What every kind of layer is in torch.</summary>
internal sealed class LayerExecution(
    IReadOnlyDictionary<string, NetworkWeight> weights,
    TrainingPrecision precision,
    DropoutNoise noise
) : IDisposable
{
    private readonly Dictionary<string, (Tensor Scale, Tensor Offset)> _scales = [];
    private readonly Dictionary<string, Tensor> _kernels = [];

    /// <summary>What dropout draws from.</summary>
    public DropoutNoise Noise { get; } = noise;

    public Tensor Run(
        Layer layer,
        IReadOnlyDictionary<string, Tensor> values,
        ForwardMode mode,
        bool constant,
        bool overwrite
    )
    {
        var x = values[layer.Inputs[0]];
        Tensor? Weight(string suffix) =>
            weights.TryGetValue($"{layer.Name}.{suffix}", out var weight)
                ? constant || !weight.IsTrained
                    ? weight.Constant
                    : weight.Value
                : null;
        return layer switch
        {
            ConvolutionLayer or TransposedConvolutionLayer or DenseLayer => IsTraining(mode)
            && precision == TrainingPrecision.BFloat16
                ? MultiplyInBFloat16(layer, x, Weight("weight")!, Weight("bias"))
                : Multiply(layer, x, Weight("weight")!, Weight("bias")),
            NormalizationLayer norm => Normalize(norm, x, Weight, mode),
            ActivationLayer activation => Activate(activation, x, overwrite),
            DropoutLayer dropout => Drop(x, dropout.Probability, mode),
            PaddingLayer padding => Pad(x, padding.Padding, padding.Mode),
            PoolingLayer pooling => Pool(pooling, x),
            UpsamplingLayer upsampling => functional.interpolate(
                x,
                scale_factor: [upsampling.Scale, upsampling.Scale],
                mode: upsampling.Mode == UpsamplingMode.Nearest
                    ? torch.InterpolationMode.Nearest
                    : torch.InterpolationMode.Bilinear,
                align_corners: upsampling.Mode == UpsamplingMode.Nearest ? null : false
            ),
            BlurLayer blur => Blur(blur, x),
            ConcatenationLayer concatenation => torch.cat(
                concatenation.Inputs.Select(name => values[name]).ToArray(),
                1
            ),
            AdditionLayer addition => Sum(addition, values),
            LabelPlanesLayer labels => LabelPlanes.Of(labels, x),
            ScaleLayer scale => Scale(scale, x),
            FlattenLayer => x.flatten(1),
            _ => throw new NotSupportedException(
                $"Layer '{layer.Name}' is a {layer.GetType().Name}, which the trainer cannot run."
            ),
        };
    }

    public void Dispose()
    {
        Noise.Dispose();
        foreach (var (scale, offset) in _scales.Values)
        {
            scale.Dispose();
            offset.Dispose();
        }
        foreach (var kernel in _kernels.Values)
            kernel.Dispose();
    }

    private static bool IsTraining(ForwardMode mode) => mode is ForwardMode.Training or ForwardMode.Rehearsal;

    private static Tensor Multiply(Layer layer, Tensor x, Tensor weight, Tensor? bias) =>
        layer switch
        {
            ConvolutionLayer convolution => Convolve(convolution, x, weight, bias),
            TransposedConvolutionLayer transposed => Transpose(transposed, x, weight, bias),
            _ => functional.linear(x, weight, bias!),
        };

    // Autograd goes back through the casts, so that the gradients of the weights are float32 like the weights.
    private static Tensor MultiplyInBFloat16(Layer layer, Tensor x, Tensor weight, Tensor? bias)
    {
        // On the CPU libtorch has no transposed convolution of bfloat16 (1.13 even takes it for a plain one): the
        // rounded values are multiplied in float32.
        bool widen = layer is TransposedConvolutionLayer && x.device_type == DeviceType.CPU;
        using var lowX = Rounded(x, widen);
        using var lowWeight = Rounded(weight, widen);
        using var lowBias = bias is null ? null : Rounded(bias, widen);
        using var product = Multiply(layer, lowX, lowWeight, lowBias);
        return widen ? Rounded(product, widen) : product.to_type(torch.ScalarType.Float32);
    }

    private static Tensor Rounded(Tensor tensor, bool widen)
    {
        var low = tensor.to_type(torch.ScalarType.BFloat16);
        return widen ? low.to_type(torch.ScalarType.Float32, disposeAfter: true) : low;
    }

    private static Tensor Convolve(ConvolutionLayer layer, Tensor x, Tensor weight, Tensor? bias)
    {
        if (OnePixelConvolution.Fits(layer, x))
            return OnePixelConvolution.Convolve(layer, x, weight, bias);
        if (NarrowConvolution.Fits(layer, x, weight))
            return NarrowConvolution.Convolve(layer, x, weight, bias);
        if (WinogradConvolution.Fit(layer, x, weight) is { } shape)
            return ConvolutionFunction.Run(shape, x, weight, bias);
        var padding = layer.Padding;
        long[] strides = [layer.Stride, layer.Stride];
        if (padding.Left == padding.Right && padding.Top == padding.Bottom)
            return functional.conv2d(x, weight, bias!, strides, [padding.Top, padding.Left]);
        using var padded = Pad(x, padding, PaddingMode.Zero);
        return functional.conv2d(padded, weight, bias!, strides);
    }

    private static Tensor Transpose(TransposedConvolutionLayer layer, Tensor x, Tensor weight, Tensor? bias)
    {
        if (OnePixelConvolution.Fits(layer, x))
            return OnePixelConvolution.Transpose(layer, x, weight, bias);
        if (WinogradConvolution.Fit(layer, x, weight) is { } shape)
            return TransposedConvolutionFunction.Run(shape, x, weight, bias);
        // torch crops `padding` on both sides and adds `output_padding` (less than the stride) back at the end.
        var crop = layer.Padding;
        int addRight = crop.Left - crop.Right,
            addBottom = crop.Top - crop.Bottom;
        long[] strides = [layer.Stride, layer.Stride];
        if (addRight >= 0 && addBottom >= 0 && addRight < layer.Stride && addBottom < layer.Stride)
            return functional.conv_transpose2d(x, weight, bias!, strides, [crop.Top, crop.Left], [addBottom, addRight]);
        using var full = functional.conv_transpose2d(x, weight, bias!, strides);
        return full.narrow(2, crop.Top, full.shape[2] - crop.Top - crop.Bottom)
            .narrow(3, crop.Left, full.shape[3] - crop.Left - crop.Right)
            .contiguous();
    }

    private static Tensor Normalize(NormalizationLayer layer, Tensor x, Func<string, Tensor?> weight, ForwardMode mode)
    {
        Tensor? scale = weight("weight"),
            shift = weight("bias"),
            mean = weight("running_mean"),
            variance = weight("running_var");
        if (layer.Kind == NormalizationKind.Batch)
        {
            bool training = IsTraining(mode) && !layer.Frozen;
            bool running =
                mean is not null && (layer.Frozen || mode == ForwardMode.Running && !layer.AlwaysBatchStatistics);
            if (training || running)
                return functional.batch_norm(
                    x,
                    mean!,
                    variance!,
                    scale!,
                    shift!,
                    training,
                    mode == ForwardMode.Rehearsal ? 0 : layer.Momentum,
                    layer.Epsilon
                );
        }
        return functional.instance_norm(x, null!, null!, scale!, shift!, true, layer.Momentum, layer.Epsilon);
    }

    private static Tensor Activate(ActivationLayer layer, Tensor x, bool overwrite) =>
        layer.Kind switch
        {
            ActivationKind.Relu => functional.relu(x, overwrite),
            ActivationKind.LeakyRelu => x.LeakyRelu(layer.NegativeSlope, overwrite),
            ActivationKind.Tanh => functional.tanh(x),
            ActivationKind.Sigmoid => functional.sigmoid(x),
            _ => throw new NotSupportedException(
                $"Layer '{layer.Name}' is an activation of kind {layer.Kind}, which the trainer cannot run."
            ),
        };

    private Tensor Drop(Tensor x, double probability, ForwardMode mode)
    {
        if (!IsTraining(mode) || probability is <= 0 or >= 1 || Noise.Generator is not { } generator)
            return functional.dropout(x, probability, IsTraining(mode));
        // What torch's dropout does, but by a generator of our own.
        using var mask = torch.empty_like(x);
        mask.bernoulli_(1 - probability, generator);
        using var kept = (1 - probability).ToScalar();
        mask.div_(kept);
        return x.mul(mask);
    }

    private static Tensor Pad(Tensor x, Padding padding, PaddingMode mode) =>
        functional.pad(
            x,
            [padding.Left, padding.Right, padding.Top, padding.Bottom],
            mode switch
            {
                PaddingMode.Reflect => PaddingModes.Reflect,
                PaddingMode.Replicate => PaddingModes.Replicate,
                _ => PaddingModes.Constant,
            }
        );

    private static Tensor Pool(PoolingLayer layer, Tensor x)
    {
        var padding = layer.Padding;
        bool symmetric = padding.Left == padding.Right && padding.Top == padding.Bottom;
        if (!symmetric)
            throw new NotSupportedException(
                $"Layer '{layer.Name}' pads {padding}; the trainer pools with the same padding on opposite sides only."
            );
        long[] kernel = [layer.KernelSize, layer.KernelSize],
            stride = [layer.Stride, layer.Stride],
            around = [padding.Top, padding.Left];
        return layer.Kind == PoolingKind.Max
            ? functional.max_pool2d(x, kernel, stride, around)
            : functional.avg_pool2d(x, kernel, stride, around, count_include_pad: false);
    }

    private Tensor Blur(BlurLayer layer, Tensor x)
    {
        long channels = x.shape[1],
            side = BlurLayer.Filter.Length;
        Tensor? kernel;
        // Two lanes may run the network at once.
        lock (_kernels)
            if (!_kernels.TryGetValue(layer.Name, out kernel))
            {
                kernel = torch.tensor(BlurLayer.Kernel((int)channels), [channels, 1, side, side]).to(x.device);
                _kernels.Add(layer.Name, kernel.DetachFromDisposeScope());
            }
        using var padded = Pad(x, Padding.All(BlurLayer.Border), PaddingMode.Reflect);
        return functional.conv2d(
            padded,
            kernel,
            null!,
            strides: [BlurLayer.Stride, BlurLayer.Stride],
            groups: channels
        );
    }

    private static Tensor Sum(AdditionLayer layer, IReadOnlyDictionary<string, Tensor> values)
    {
        var sum = values[layer.Inputs[0]].Plus(values[layer.Inputs[1]]);
        foreach (string name in layer.Inputs.Skip(2))
        {
            using var partial = sum;
            sum = partial.Plus(values[name]);
        }
        return sum;
    }

    private Tensor Scale(ScaleLayer layer, Tensor x)
    {
        (Tensor Scale, Tensor Offset) constants;
        lock (_scales)
            if (!_scales.TryGetValue(layer.Name, out constants))
            {
                long[] shape = [1, layer.Scale.Length, 1, 1];
                constants = (
                    torch.tensor(layer.Scale.ToArray(), shape).to(x.device).DetachFromDisposeScope(),
                    torch.tensor(layer.Offset.ToArray(), shape).to(x.device).DetachFromDisposeScope()
                );
                _scales.Add(layer.Name, constants);
            }
        using var scaled = x.mul(constants.Scale);
        return scaled.Plus(constants.Offset);
    }
}
