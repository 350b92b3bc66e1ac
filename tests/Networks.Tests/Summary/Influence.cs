namespace MlNetImageTranslation.Networks.Tests;

/// <summary>
/// Runs a network along one row of pixels with truth values instead of numbers: which outputs change when one pixel of
/// the input changes. Every layer is computed forwards by its definition, one input pixel at a time: nothing is shared
/// with <see cref="ReceptiveField"/>.
/// </summary>
internal static class Influence
{
    private const int Side = 320;

    /// <summary>The largest distance between two input pixels that change one output in the middle, plus one.</summary>
    public static int FieldOf(NetworkGraph graph)
    {
        var first = new Dictionary<int, int>();
        var last = new Dictionary<int, int>();
        for (int pixel = 0; pixel < Side; pixel++)
        {
            var lit = new bool[Side];
            lit[pixel] = true;
            var output = Run(graph, lit);
            for (int i = 0; i < output.Length; i++)
                if (output[i])
                {
                    first.TryAdd(i, pixel);
                    last[i] = pixel;
                }
        }
        // Outputs near the border see less.
        return first.Keys.Where(i => first[i] > 0 && last[i] < Side - 1).Max(i => last[i] - first[i] + 1);
    }

    private static bool[] Run(NetworkGraph graph, bool[] input)
    {
        var values = new Dictionary<string, bool[]> { [NetworkGraph.InputName] = input };
        foreach (var layer in graph.Layers)
        {
            var x = values[layer.Inputs[0]];
            values[layer.Name] = layer switch
            {
                ConvolutionLayer l => Strided(x, l.KernelSize, l.Stride, l.Padding),
                PoolingLayer l => Strided(x, l.KernelSize, l.Stride, l.Padding),
                TransposedConvolutionLayer l => Transposed(x, l.KernelSize, l.Stride, l.Padding),
                // Mirrored pixels are left out here, too.
                BlurLayer => Strided(x, 3, 2, Padding.All(1)),
                UpsamplingLayer { Mode: UpsamplingMode.Bilinear, Scale: 2 } => Doubled(x),
                UpsamplingLayer l => [.. x.SelectMany(value => Enumerable.Repeat(value, l.Scale))],
                // Mirrored pixels are left out: they are about the border only.
                PaddingLayer l => [.. new bool[l.Padding.Left], .. x, .. new bool[l.Padding.Right]],
                ConcatenationLayer or AdditionLayer => [.. x.Zip(values[layer.Inputs[1]], (a, b) => a || b)],
                _ => x,
            };
        }
        return values[graph.Layers[^1].Name];
    }

    // Every pixel between two halves of it and the nearer half of its neighbour.
    private static bool[] Doubled(bool[] x)
    {
        var doubled = new bool[2 * x.Length];
        for (int i = 0; i < x.Length; i++)
            if (x[i])
                doubled.AsSpan(Math.Max(0, 2 * i - 1)..Math.Min(doubled.Length, 2 * i + 3)).Fill(true);
        return doubled;
    }

    private static bool[] Strided(bool[] x, int kernel, int stride, Padding padding)
    {
        bool[] padded = [.. new bool[padding.Left], .. x, .. new bool[padding.Right]];
        return
        [
            .. Enumerable
                .Range(0, (padded.Length - kernel) / stride + 1)
                .Select(i => padded.AsSpan(i * stride, kernel).Contains(true)),
        ];
    }

    private static bool[] Transposed(bool[] x, int kernel, int stride, Padding crop)
    {
        var full = new bool[(x.Length - 1) * stride + kernel];
        for (int i = 0; i < x.Length; i++)
            if (x[i])
                full.AsSpan(i * stride, kernel).Fill(true);
        return full[crop.Left..^crop.Right];
    }
}
