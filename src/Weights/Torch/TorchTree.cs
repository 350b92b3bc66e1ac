namespace MlNetImageTranslation.Weights;

/// <summary>
/// Finds the state dicts in what a PyTorch file holds, and the objects in it that are not read. Each container is
/// visited once, however often it stands in the file, in itself or in others.
/// </summary>
internal sealed class TorchTree
{
    private const int MaximumDepth = 32,
        MaximumDictionaries = 50_000,
        LongestName = 1024,
        VisitBytes = 64,
        DictionaryBytes = 256,
        TensorBytes = 384;

    private readonly TorchFile _file;
    private readonly List<ForeignWeights> _weights = [];
    private readonly List<UnreadObject> _unread = [];
    private readonly HashSet<object> _visited = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<TorchTreeNode> _path = [];

    private TorchTree(TorchFile file) => _file = file;

    /// <summary>Every dictionary with tensors under string keys, outer ones first.</summary>
    public IReadOnlyList<ForeignWeights> Weights => _weights;

    /// <summary>The objects that are not read.</summary>
    public IReadOnlyList<UnreadObject> Unread => _unread;

    /// <summary>Looks through a file.</summary>
    /// <exception cref="FormatException">It has more in it than its pickle's budget allows to look at.</exception>
    public static TorchTree Of(TorchFile file)
    {
        var tree = new TorchTree(file);
        tree.Visit(file.Root, "", -1, owner: null);
        while (tree._path.TryPeek(out var node))
            if (node.TryNext(out string name, out int index, out object? value))
                tree.VisitChild(node, name, index, value);
            else
                tree._path.Pop();
        return tree;
    }

    private void VisitChild(TorchTreeNode node, string name, int index, object? value)
    {
        _file.Budget.Work(1);
        if (value is TorchTensor tensor)
        {
            if (node.Owner is not null)
                node.Owner.Tensors++;
            else if (node.IsDictionary && name.Length is > 0 and <= LongestName)
                AddTensor(node, name, tensor);
        }
        else if (TorchTreeNode.IsContainer(value))
            Visit(value, name, index, node.Owner);
    }

    private void AddTensor(TorchTreeNode node, string name, TorchTensor tensor)
    {
        if (!tensor.Storage.Type.IsFloat())
            return;
        if (node.Weights is null)
        {
            if (_weights.Count == MaximumDictionaries)
                throw new FormatException($"It has more than {MaximumDictionaries} dictionaries of tensors.");
            node.Weights = new(Path(), []);
            _file.Budget.Make(DictionaryBytes);
            _weights.Add(node.Weights);
        }
        // Names are hashed, and later cut into prefix and rest.
        _file.Budget.Work(4 * name.Length);
        _file.Budget.Make(TensorBytes + 2 * name.Length);
        node.Weights.Tensors[name] = new([.. tensor.Shape], _ => _file.Values(tensor));
    }

    private void Visit(object? value, string name, int index, UnreadObject? owner)
    {
        if (!TorchTreeNode.IsContainer(value) || _path.Count > MaximumDepth || !_visited.Add(value!))
            return;
        _file.Budget.Make(VisitBytes);
        var node = new TorchTreeNode(value!, name, index, owner);
        _path.Push(node);
        // The entries of an object that is a kind of dictionary are read like any dictionary's; its other parts are
        // not.
        if (value is not PickleObject unread || owner is not null)
            return;
        node.Unread = new(Path(), unread.Type);
        _file.Budget.Make(VisitBytes);
        _unread.Add(node.Unread);
    }

    private string Path()
    {
        string path = string.Join('.', _path.Reverse().Select(node => node.Label).Where(label => label.Length > 0));
        _file.Budget.Copy(path.Length, sizeof(char));
        return path;
    }
}
