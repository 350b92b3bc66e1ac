namespace MlNetImageTranslation.Networks;

/// <summary>
/// The multiply-adds of convolutions and dense layers for one image. Padding counts as pixels; norms, activations,
/// biases and fixed filters do not count.
/// </summary>
/// <param name="True">
/// What is computed: a convolution multiplies its kernel once for every output pixel, a transposed one once for every
/// input pixel.
/// </param>
/// <param name="OutputSizeConvention">
/// What many papers and tools print (thop, torchprofile): a transposed convolution counted at its output's size, too,
/// which for stride 2 is four times the truth.
/// </param>
internal readonly record struct MultiplyAdds(long True, long OutputSizeConvention)
{
    /// <summary>Counts for the input that the network was designed for.</summary>
    public static MultiplyAdds Of(NetworkGraph graph) => Of(graph, graph.Input);

    /// <summary>Counts for an input of that shape.</summary>
    /// <exception cref="ArgumentException">The network cannot read such an input; the message names the
    /// layer.</exception>
    public static MultiplyAdds Of(NetworkGraph graph, TensorShape input)
    {
        var shapes = graph.Shapes(input);
        long real = 0,
            convention = 0;
        foreach (var layer in graph.Layers)
        {
            var (layerTrue, layerConvention) = Of(layer, shapes[layer.Inputs[0]], shapes[layer.Name]);
            (real, convention) = (real + layerTrue, convention + layerConvention);
        }
        return new(real, convention);
    }

    /// <summary>Counts one layer.</summary>
    internal static MultiplyAdds Of(Layer layer, TensorShape input, TensorShape output)
    {
        switch (layer)
        {
            case ConvolutionLayer convolution:
                long count = output.Count * convolution.InputChannels * convolution.KernelSize * convolution.KernelSize;
                return new(count, count);
            case TransposedConvolutionLayer transposed:
                long kernel = (long)transposed.KernelSize * transposed.KernelSize;
                return new(
                    input.Count * transposed.OutputChannels * kernel,
                    output.Count * transposed.InputChannels * kernel
                );
            case DenseLayer dense:
                long weights = (long)dense.InputFeatures * dense.OutputFeatures;
                return new(weights, weights);
            default:
                return default;
        }
    }
}
