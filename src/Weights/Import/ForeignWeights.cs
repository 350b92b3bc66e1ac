namespace MlNetImageTranslation.Weights;

/// <summary>Named tensors that stand together in somebody else's file.</summary>
/// <param name="Path">Where: empty for the file's top, else keys and prefixes joined by dots, such as
/// <c>netG</c>.</param>
/// <param name="Tensors">The tensors under the names that they have there.</param>
internal sealed record ForeignWeights(string Path, OrderedDictionary<string, ForeignTensor> Tensors)
{
    /// <summary>
    /// The same tensors without what torch.compile puts before the names of what it compiled, where that is a part of
    /// a network. A whole network has it before all names, as other wrappers have theirs.
    /// </summary>
    public ForeignWeights WithoutCompilation()
    {
        const string Mark = "._orig_mod.";
        if (!Tensors.Keys.Any(name => name.Contains(Mark, StringComparison.Ordinal)))
            return this;
        var tensors = new OrderedDictionary<string, ForeignTensor>();
        foreach (var (name, tensor) in Tensors)
            tensors[name.Replace(Mark, ".", StringComparison.Ordinal)] = tensor;
        return this with { Tensors = tensors };
    }

    /// <summary>The tensor's shape, or null where there is none of that name.</summary>
    public ForeignTensor? this[string name] => Tensors.GetValueOrDefault(name);

    /// <summary>
    /// The same tensors grouped by what stands before the first underscore, where that is <c>scale0</c>, <c>scale1</c>
    /// ...: the discriminators of pix2pixHD, the last of which sees the largest image. None for other names.
    /// </summary>
    public IEnumerable<ForeignWeights> ByScale()
    {
        foreach (
            var group in Tensors
                .Where(tensor => ScaleOf(tensor.Key) > 0)
                .GroupBy(tensor => tensor.Key[..ScaleOf(tensor.Key)])
        )
        {
            var tensors = new OrderedDictionary<string, ForeignTensor>();
            foreach (var (name, tensor) in group)
                tensors[name[(group.Key.Length + 1)..]] = tensor;
            yield return new(Path.Length == 0 ? group.Key : $"{Path}.{group.Key}", tensors);
        }
    }

    private static int ScaleOf(string name)
    {
        const string Word = "scale";
        int end = name.IndexOf('_');
        return
            end > Word.Length
            && name.StartsWith(Word, StringComparison.Ordinal)
            && !name.AsSpan(Word.Length, end - Word.Length).ContainsAnyExceptInRange('0', '9')
            ? end
            : 0;
    }

    /// <summary>
    /// The same tensors grouped by the part of their names before the first dot, without it: what a wrapper
    /// (<c>module.</c>, <c>netG.</c>) has added.
    /// </summary>
    public IEnumerable<ForeignWeights> ByPrefix()
    {
        foreach (
            var group in Tensors
                .Where(tensor => tensor.Key.Contains('.'))
                .GroupBy(tensor => tensor.Key[..tensor.Key.IndexOf('.')])
        )
        {
            var tensors = new OrderedDictionary<string, ForeignTensor>();
            foreach (var (name, tensor) in group)
                tensors[name[(group.Key.Length + 1)..]] = tensor;
            yield return new(Path.Length == 0 ? group.Key : $"{Path}.{group.Key}", tensors);
        }
    }
}
