using System.Globalization;

namespace MlNetImageTranslation.Weights;

/// <summary>Finds the state dicts in what a PyTorch file holds.</summary>
internal static class TorchTree
{
    private const int MaximumDepth = 32;

    /// <summary>
    /// Every dictionary with tensors under string keys. Each container is visited once, however often it stands in the
    /// file, in itself or in others.
    /// </summary>
    public static IEnumerable<ForeignWeights> Find(TorchFile file)
    {
        var visited = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var waiting = new Stack<(object? Value, string Path, int Depth)>([(file.Root, "", 0)]);
        while (waiting.TryPop(out var next))
        {
            if (
                next.Value is not (PickleDictionary or PickleList or PickleTuple)
                || next.Depth > MaximumDepth
                || !visited.Add(next.Value)
            )
                continue;
            var children = Children(next.Value).ToList();
            var tensors = new OrderedDictionary<string, ForeignTensor>();
            foreach (var (name, value) in children)
                if (value is TorchTensor tensor && tensor.Storage.Type.IsFloat())
                    tensors[name] = new([.. tensor.Shape], () => file.Values(tensor));
            if (tensors.Count > 0 && next.Value is PickleDictionary)
                yield return new(next.Path, tensors);
            for (int i = children.Count - 1; i >= 0; i--)
                if (children[i].Value is PickleDictionary or PickleList or PickleTuple)
                    waiting.Push((children[i].Value, Join(next.Path, children[i].Name), next.Depth + 1));
        }
    }

    // Paths are for people; a file with a very long key above many values must not cost its length many times.
    private static string Join(string path, string name)
    {
        if (name.Length > 100)
            name = name[..100] + "...";
        return path.Length == 0 ? name
            : path.Length > 400 ? path
            : $"{path}.{name}";
    }

    private static IEnumerable<(string Name, object? Value)> Children(object container) =>
        container switch
        {
            PickleDictionary dictionary => dictionary.Items.Select(item =>
                (
                    item.Key as string
                        ?? (item.Key is long number ? number.ToString(CultureInfo.InvariantCulture) : "?"),
                    item.Value
                )
            ),
            PickleList list => list.Select((value, index) => (index.ToString(CultureInfo.InvariantCulture), value)),
            PickleTuple tuple => tuple.Items.Select(
                (value, index) => (index.ToString(CultureInfo.InvariantCulture), value)
            ),
            _ => [],
        };
}
