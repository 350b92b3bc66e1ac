namespace MlNetImageTranslation.Networks;

/// <summary>
/// Checks a layer's settings by themselves. Graphs are read from files, so nothing about them can be taken for granted.
/// </summary>
internal static class LayerChecks
{
    // Beyond any network, and small enough for products of two to fit.
    private const int Largest = 1 << 16,
        LargestScale = 64;

    /// <summary>The longest side of an image between two layers, in pixels.</summary>
    public const int LargestSide = 1 << 20;

    /// <exception cref="ArgumentException">A setting makes no sense; the message names the layer and the
    /// setting.</exception>
    public static void Check(Layer? layer)
    {
        if (layer is null)
            throw new ArgumentException("A layer is null.");
        if (string.IsNullOrEmpty(layer.Name))
            throw new ArgumentException($"A {layer.GetType().Name} has no name.");
        if (layer.Name == NetworkGraph.InputName)
            throw new ArgumentException(
                $"A {layer.GetType().Name} is named '{layer.Name}', which means the network's input."
            );
        if (layer.Inputs.IsDefaultOrEmpty || layer.Inputs.Any(string.IsNullOrEmpty))
            throw Wrong(layer, "inputs", "the names of layers", "nothing");
        switch (layer)
        {
            case ConvolutionLayer l:
                Range(l, "input channels", l.InputChannels, 1);
                Range(l, "output channels", l.OutputChannels, 1);
                Range(l, "kernel size", l.KernelSize, 1);
                Range(l, "stride", l.Stride, 1);
                Sides(l, l.Padding);
                break;
            case TransposedConvolutionLayer l:
                Range(l, "input channels", l.InputChannels, 1);
                Range(l, "output channels", l.OutputChannels, 1);
                Range(l, "kernel size", l.KernelSize, 1);
                Range(l, "stride", l.Stride, 1, LargestScale);
                Sides(l, l.Padding);
                break;
            case NormalizationLayer l:
                if (l.Kind is not (NormalizationKind.Batch or NormalizationKind.Instance))
                    throw Wrong(l, "kind", "Batch or Instance (a network without norms has no such layers)", l.Kind);
                Range(l, "channels", l.Channels, 1);
                if (!(l.Epsilon >= 0) || !float.IsFinite(l.Epsilon))
                    throw Wrong(l, "epsilon", "0 or more", l.Epsilon);
                if (!(l.Momentum is >= 0 and <= 1))
                    throw Wrong(l, "momentum", "0 to 1", l.Momentum);
                break;
            case ActivationLayer l:
                Defined(l, l.Kind);
                if (!float.IsFinite(l.NegativeSlope))
                    throw Wrong(l, "negative slope", "a number", l.NegativeSlope);
                break;
            case DropoutLayer l when !(l.Probability is >= 0 and < 1):
                throw Wrong(l, "probability", "0 to less than 1", l.Probability);
            case PaddingLayer l:
                Defined(l, l.Mode);
                Sides(l, l.Padding);
                break;
            case PoolingLayer l:
                Defined(l, l.Kind);
                Range(l, "kernel size", l.KernelSize, 1);
                Range(l, "stride", l.Stride, 1);
                Sides(l, l.Padding, l.KernelSize / 2);
                break;
            case UpsamplingLayer l:
                Defined(l, l.Mode);
                Range(l, "scale", l.Scale, 1, LargestScale);
                break;
            case ScaleLayer l
                when l.Scale.IsDefaultOrEmpty || l.Offset.IsDefaultOrEmpty || l.Scale.Length != l.Offset.Length:
                throw Wrong(l, "scale and offset", "as many of both", "others");
            case LabelPlanesLayer l:
                if (l.Colors.IsDefaultOrEmpty || l.IgnoredColors.IsDefault)
                    throw Wrong(l, "colors", "at least one", "nothing");
                Range(
                    l,
                    "number of colors",
                    l.Colors.Length + l.IgnoredColors.Length,
                    1,
                    LabelPlanesLayer.MaximumColors
                );
                foreach (int color in l.Colors.Concat(l.IgnoredColors))
                    Range(l, "color", color, 0, 0xFFFFFF);
                break;
            case DenseLayer l:
                Range(l, "input features", l.InputFeatures, 1, int.MaxValue);
                Range(l, "output features", l.OutputFeatures, 1);
                break;
        }
    }

    /// <exception cref="ArgumentException">A side is not 1 to <see cref="LargestSide"/>, or there are no
    /// channels.</exception>
    public static void Check(string name, TensorShape shape)
    {
        if (shape.Channels < 1 || shape.Height is < 1 or > LargestSide || shape.Width is < 1 or > LargestSide)
            throw new ArgumentException(
                $"'{name}' would be {shape}; expected at least one channel and sides of 1 to {LargestSide} pixels."
            );
    }

    private static void Range(Layer layer, string setting, int value, int least, int largest = Largest)
    {
        if (value < least || value > largest)
            throw Wrong(layer, setting, $"{least} to {largest}", value);
    }

    private static void Sides(Layer layer, Padding padding, int largest = Largest)
    {
        foreach (int side in (ReadOnlySpan<int>)[padding.Left, padding.Top, padding.Right, padding.Bottom])
            Range(layer, "padding", side, 0, largest);
    }

    private static void Defined<T>(Layer layer, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
            throw Wrong(layer, "kind", string.Join(", ", Enum.GetNames<T>()), value);
    }

    private static ArgumentException Wrong(Layer layer, string setting, string expected, object found) =>
        new(
            FormattableString.Invariant($"The {setting} of layer '{layer.Name}' should be {expected}, but is {found}.")
        );
}
