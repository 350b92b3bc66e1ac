using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// Puts weights together that a file has in parts: spectral norm (weight, u, v; Miyato et al. 2018) and weight norm
/// (length g, direction v; Salimans and Kingma 2016), by the names that torch.nn.utils and
/// torch.nn.utils.parametrizations give them. What comes out is the weight that PyTorch's <c>eval()</c> uses.
/// </summary>
internal static class FoldedWeights
{
    // The weight's parts, after the layer's name.
    private static readonly (string Weight, string U, string V)[] s_spectral =
    [
        ("weight_orig", "weight_u", "weight_v"),
        ("parametrizations.weight.original", "parametrizations.weight.0._u", "parametrizations.weight.0._v"),
    ];

    private static readonly (string Length, string Direction)[] s_weightNorm =
    [
        ("weight_g", "weight_v"),
        ("parametrizations.weight.original0", "parametrizations.weight.original1"),
    ];

    /// <summary>The same tensors with whole weights in place of their parts.</summary>
    public static ForeignWeights Of(ForeignWeights weights)
    {
        weights = weights.WithoutCompilation();
        if (!weights.Tensors.Keys.Any(name => name.Contains("weight_") || name.Contains("parametrizations.weight.")))
            return weights;
        weights = OldSpectralNorm.WithoutWrappers(weights);
        var tensors = new OrderedDictionary<string, ForeignTensor>();
        var parts = new HashSet<string>();
        foreach (var name in weights.Tensors.Keys)
            if (TryFold(weights, name, out var layer, out var folded, out var used))
            {
                tensors[layer + "weight"] = folded;
                parts.UnionWith(used);
            }
        foreach (var (name, tensor) in weights.Tensors)
            // Old versions of PyTorch saved the whole weight too, as it was before the last update.
            if (!parts.Contains(name) && !tensors.ContainsKey(name))
                tensors[name] = tensor;
        return weights with { Tensors = tensors };
    }

    private static bool TryFold(
        ForeignWeights weights,
        string name,
        out string layer,
        [NotNullWhen(true)] out ForeignTensor? folded,
        out string[] parts
    )
    {
        foreach (var (weight, u, v) in s_spectral)
            if (TryLayer(name, weight, out layer) && weights[layer + u] is { } left && weights[layer + v] is { } right)
            {
                parts = [name, layer + u, layer + v];
                var whole = weights[name]!;
                folded = new(whole.Shape, transposed => Spectral(name, whole, left, right, transposed));
                return true;
            }
        if (OldSpectralNorm.Fold(weights, name) is { } old)
        {
            (layer, folded, parts) = old;
            return true;
        }
        foreach (var (length, direction) in s_weightNorm)
            if (TryLayer(name, length, out layer) && weights[layer + direction] is { } vector)
            {
                parts = [name, layer + direction];
                var scale = weights[name]!;
                folded = new(vector.Shape, _ => WeightNorm(name, scale, vector));
                return true;
            }
        (layer, folded, parts) = ("", null, []);
        return false;
    }

    internal static bool TryLayer(string name, string part, out string layer)
    {
        bool ends = name.EndsWith(part, StringComparison.Ordinal);
        layer = ends ? name[..^part.Length] : "";
        return ends && (layer.Length == 0 || layer[^1] == '.');
    }

    // weight / (u' W v), W being the weight as a matrix with a row for every output channel.
    private static float[] Spectral(
        string name,
        ForeignTensor weight,
        ForeignTensor left,
        ForeignTensor right,
        bool transposed
    )
    {
        var values = weight.Load(transposed);
        float[] u = left.Load(false),
            v = right.Load(false);
        int axis = transposed ? 1 : 0;
        if (weight.Shape.Length < 2 || u.Length != weight.Shape[axis] || (long)u.Length * v.Length != values.Length)
            throw new FormatException(
                $"The spectral norm of '{name}' has vectors of {u.Length} and {v.Length} values, which do not fit its "
                    + $"shape {weight.ShapeText}."
            );
        int second = weight.Shape[1],
            rest = values.Length / (weight.Shape[0] * second);
        double sigma = 0;
        for (int i = 0; i < values.Length; i++)
        {
            int within = i % rest,
                b = i / rest % second,
                a = i / rest / second;
            sigma +=
                (double)values[i]
                * (transposed ? u[b] * (double)v[a * rest + within] : u[a] * (double)v[b * rest + within]);
        }
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(values[i] / sigma);
        return values;
    }

    // g * v / |v|: a length for every slice along one axis, the first one unless the network chose another, or one for
    // all values. PyTorch keeps the lengths in as many dimensions as the direction has, all of 1 but that axis.
    private static float[] WeightNorm(string name, ForeignTensor length, ForeignTensor direction)
    {
        float[] scales = length.Load(false),
            values = direction.Load(false);
        if (scales.Length == 0 || values.Length == 0 || SlicedAxis(length.Shape, direction.Shape) is not { } axis)
            throw new FormatException(
                $"The weight norm of '{name}' has lengths of shape {length.ShapeText}, which do not fit the shape "
                    + $"{direction.ShapeText} of its direction."
            );
        int inner = direction.Shape.Skip(axis + 1).Aggregate(1, (product, side) => product * side);
        var factors = new double[scales.Length];
        for (int i = 0; i < values.Length; i++)
            factors[i / inner % scales.Length] += (double)values[i] * values[i];
        for (int i = 0; i < factors.Length; i++)
            factors[i] = scales[i] / Math.Sqrt(factors[i]);
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(values[i] * factors[i / inner % scales.Length]);
        return values;
    }

    // Null where the lengths are of no slices. A single length is that of all values, along whatever axis.
    private static int? SlicedAxis(ImmutableArray<int> lengths, ImmutableArray<int> direction)
    {
        if (lengths.All(side => side == 1))
            return 0;
        int axis = lengths.Length == 1 ? 0 : lengths.IndexOf(lengths.Max());
        bool fits = lengths.Length == 1 || lengths.Length == direction.Length && lengths.Count(side => side != 1) == 1;
        return fits && lengths[axis] == direction[axis] ? axis : null;
    }
}
