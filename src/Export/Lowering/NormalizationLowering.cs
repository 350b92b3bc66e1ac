using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export;

/// <summary>
/// Writes norms: by the image's own statistics as InstanceNormalization (a batch norm at batch size 1 is the same sum),
/// by running statistics as a scale and shift, folded into the convolution before it where there is one.
/// </summary>
internal sealed class NormalizationLowering(
    NetworkGraph graph,
    StateDict weights,
    GraphWriter writer,
    NormalizationStatistics statistics
)
{
    private readonly Dictionary<string, NormalizationLayer> _foldable = FindFoldable(graph, statistics);

    /// <summary>Whether some norm goes by the statistics of the image.</summary>
    public bool UseImage => graph.Layers.OfType<NormalizationLayer>().Any(norm => ByImage(norm, statistics));

    /// <summary>
    /// Appends a norm; nothing where it is folded into the convolution that <paramref name="input"/> comes from.
    /// </summary>
    public string Append(NormalizationLayer norm, string input)
    {
        if (_foldable.GetValueOrDefault(norm.Inputs[0]) == norm)
            return input;
        if (!ByImage(norm, statistics))
        {
            var (scale, shift) = ScaleAndShift(norm);
            return ScaleAndShift(
                norm.Name,
                input,
                [.. scale.Select(value => (float)value)],
                [.. shift.Select(value => (float)value)]
            );
        }
        var gamma = norm.Affine
            ? writer.Constant(norm.Name + ".weight", [norm.Channels], weights[norm.Name + ".weight"].Values)
            : writer.Filled(1, norm.Channels);
        var beta = norm.Affine
            ? writer.Constant(norm.Name + ".bias", [norm.Channels], weights[norm.Name + ".bias"].Values)
            : writer.Filled(0, norm.Channels);
        return writer.Node(
            "InstanceNormalization",
            norm.Name,
            [input, gamma, beta],
            OnnxAttribute.Float("epsilon", norm.Epsilon)
        );
    }

    /// <summary>Appends <c>x * scale + shift</c> for every channel.</summary>
    public string ScaleAndShift(string name, string input, float[] scale, float[] shift)
    {
        var scaled = writer.Node(
            "Mul",
            name + ".scaled",
            [input, writer.Constant(name + ".scale", [scale.Length, 1, 1], scale)]
        );
        return writer.Node("Add", name, [scaled, writer.Constant(name + ".shift", [shift.Length, 1, 1], shift)]);
    }

    /// <summary>
    /// The weight and bias of a convolution, with the norm after it where that can be folded; no bias where there is
    /// nothing to add.
    /// </summary>
    public (FoldedTensor Weight, FoldedTensor? Bias) Fold(Layer convolution)
    {
        string weightName = convolution.Name + ".weight",
            biasName = convolution.Name + ".bias";
        var weight = weights[weightName];
        var bias = weights.TryGet(biasName, out var found) ? found.Values : null;
        if (!_foldable.TryGetValue(convolution.Name, out var norm))
            return (
                new(weightName, weight.Shape, weight.Values),
                bias is null ? null : new(biasName, [bias.Length], bias)
            );

        var (scale, shift) = ScaleAndShift(norm);
        // [out, in, k, k] for convolutions, [in, out, k, k] for transposed ones: in both the outputs alternate in
        // blocks.
        int block =
            convolution is ConvolutionLayer ? weight.Values.Length / scale.Length : weight.Shape[2] * weight.Shape[3];
        var sum = Enumerable
            .Range(0, scale.Length)
            .Select(channel => (float)((bias?[channel] ?? 0) * scale[channel] + shift[channel]))
            .ToArray();
        return (new(weightName, weight.Shape, Scaled(weight.Values, scale, block)), new(biasName, [sum.Length], sum));
    }

    private static float[] Scaled(float[] values, double[] scale, int block)
    {
        var result = new float[values.Length];
        for (int start = 0, channel = 0; start < values.Length; start += block, channel = (channel + 1) % scale.Length)
        for (int index = start; index < start + block; index++)
            result[index] = (float)(values[index] * scale[channel]);
        return result;
    }

    private (double[] Scale, double[] Shift) ScaleAndShift(NormalizationLayer norm)
    {
        var mean = weights[norm.Name + ".running_mean"].Values;
        var variance = weights[norm.Name + ".running_var"].Values;
        var gamma = norm.Affine ? weights[norm.Name + ".weight"].Values : null;
        var beta = norm.Affine ? weights[norm.Name + ".bias"].Values : null;
        double[] scale = new double[norm.Channels],
            shift = new double[norm.Channels];
        for (int channel = 0; channel < norm.Channels; channel++)
        {
            scale[channel] = (gamma?[channel] ?? 1) / Math.Sqrt((double)variance[channel] + norm.Epsilon);
            shift[channel] = (beta?[channel] ?? 0) - mean[channel] * scale[channel];
        }
        return (scale, shift);
    }

    private static bool ByImage(NormalizationLayer norm, NormalizationStatistics statistics) =>
        norm.AlwaysBatchStatistics || !norm.RunningStatistics || statistics == NormalizationStatistics.Image;

    // A norm folds into a convolution that nobody else reads.
    private static Dictionary<string, NormalizationLayer> FindFoldable(
        NetworkGraph graph,
        NormalizationStatistics statistics
    )
    {
        var readers = graph.Layers.SelectMany(layer => layer.Inputs).CountBy(name => name).ToDictionary();
        return graph
            .Layers.OfType<NormalizationLayer>()
            .Where(norm =>
                !ByImage(norm, statistics)
                && readers[norm.Inputs[0]] == 1
                && graph.Layers.Any(layer => layer is KernelLayer && layer.Name == norm.Inputs[0])
            )
            .ToDictionary(norm => norm.Inputs[0]);
    }
}
