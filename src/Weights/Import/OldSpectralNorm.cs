namespace MlNetImageTranslation.Weights;

/// <summary>
/// Spectral norms of before PyTorch 1.0, which kept no v or did not use the one they kept: torch.nn.utils of 0.4
/// (weight_orig, weight_u and the weight as it was last used) and the wrapper that projects copied before there was
/// any (module.weight_bar, module.weight_u, module.weight_v).
/// </summary>
internal static class OldSpectralNorm
{
    private const string Bar = "module.weight_bar";
    private const float Tiny = 1e-12f;

    /// <summary>The same tensors without the <c>module.</c> that the wrapper puts before a layer's tensors.</summary>
    public static ForeignWeights WithoutWrappers(ForeignWeights weights)
    {
        string[] wrappers =
        [
            .. weights
                .Tensors.Keys.Where(name => FoldedWeights.TryLayer(name, Bar, out _))
                .Select(name => name[..^"weight_bar".Length]),
        ];
        if (wrappers.Length == 0)
            return weights;
        var known = wrappers.ToHashSet(StringComparer.Ordinal);
        var tensors = new OrderedDictionary<string, ForeignTensor>();
        foreach (var (name, tensor) in weights.Tensors)
        {
            int end = name.LastIndexOf('.') + 1;
            string layer = name[..end];
            tensors[known.Contains(layer) ? layer[..^"module.".Length] + name[end..] : name] = tensor;
        }
        return weights with { Tensors = tensors };
    }

    /// <summary>The whole weight of which a tensor is the first part; null where it is none.</summary>
    public static (string Layer, ForeignTensor Weight, string[] Parts)? Fold(ForeignWeights weights, string name)
    {
        if (FoldedWeights.TryLayer(name, "weight_bar", out string layer) && weights[layer + "weight_u"] is { } left)
        {
            var whole = weights[name]!;
            return (
                layer,
                new(whole.Shape, _ => ByIteration(name, whole, left, transposed: false)),
                [name, layer + "weight_u", layer + "weight_v"]
            );
        }

        if (!FoldedWeights.TryLayer(name, "weight_orig", out layer) || weights[layer + "weight_u"] is not { } vector)
            return null;
        var original = weights[name]!;
        string[] parts = [name, layer + "weight_u"];
        return weights[layer + "weight"] is { } used
            ? (layer, new(original.Shape, _ => ByLastUse(name, original, used)), [.. parts, layer + "weight"])
            : (layer, new(original.Shape, transposed => ByIteration(name, original, vector, transposed)), parts);
    }

    // What PyTorch's own reader of such files does: it finds the v by which W / (u' W v) is the weight that was used.
    private static float[] ByLastUse(string name, ForeignTensor original, ForeignTensor used)
    {
        float[] values = original.Load(false),
            last = used.Load(false);
        if (!original.Shape.SequenceEqual(used.Shape))
            throw new FormatException(
                $"The spectral norm of '{name}' has shape {original.ShapeText}, but its weight has {used.ShapeText}."
            );
        double sum = 0;
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (last[i] == 0)
                continue;
            sum += (double)values[i] / last[i];
            count++;
        }
        return Divided(values, count == 0 ? 1 : sum / count);
    }

    // What these norms do in every pass, in eval() as well: v = W'u / |W'u|, sigma = |W v|.
    private static float[] ByIteration(string name, ForeignTensor weight, ForeignTensor left, bool transposed)
    {
        var values = weight.Load(transposed);
        var u = left.Load(false);
        if (weight.Shape.Length < 2 || u.Length != weight.Shape[transposed ? 1 : 0])
            throw new FormatException(
                $"The spectral norm of '{name}' has a vector of {u.Length} values, which does not fit its shape "
                    + $"{weight.ShapeText}."
            );
        int second = weight.Shape[1],
            rest = values.Length == 0 ? 1 : values.Length / (weight.Shape[0] * second);
        var v = new double[values.Length / Math.Max(1, u.Length)];
        ForEach((row, column, value) => v[column] += (double)value * u[row]);
        double length = Math.Max(Math.Sqrt(v.Sum(x => x * x)), Tiny);
        var product = new double[u.Length];
        ForEach((row, column, value) => product[row] += value * v[column] / length);
        return Divided(values, Math.Max(Math.Sqrt(product.Sum(x => x * x)), Tiny));

        // The weight as a matrix with a row for every output channel.
        void ForEach(Action<int, int, float> take)
        {
            for (int i = 0; i < values.Length; i++)
            {
                int within = i % rest,
                    b = i / rest % second,
                    a = i / rest / second;
                take(transposed ? b : a, transposed ? a * rest + within : b * rest + within, values[i]);
            }
        }
    }

    private static float[] Divided(float[] values, double sigma)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(values[i] / sigma);
        return values;
    }
}
