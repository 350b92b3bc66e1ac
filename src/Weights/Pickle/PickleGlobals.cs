using System.Collections.Frozen;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// The only names that a checkpoint's pickle may mention, and what calling them means here. Nothing is looked up or
/// executed.
/// </summary>
internal static class PickleGlobals
{
    private static readonly FrozenDictionary<string, ElementType> s_storages = new Dictionary<string, ElementType>
    {
        ["FloatStorage"] = ElementType.Float32,
        ["DoubleStorage"] = ElementType.Float64,
        ["HalfStorage"] = ElementType.Float16,
        ["BFloat16Storage"] = ElementType.BFloat16,
        ["LongStorage"] = ElementType.Integer64,
        ["IntStorage"] = ElementType.Integer32,
        ["ShortStorage"] = ElementType.Integer16,
        ["CharStorage"] = ElementType.Integer8,
        ["ByteStorage"] = ElementType.Integer8,
        ["BoolStorage"] = ElementType.Integer8,
    }.ToFrozenDictionary();

    /// <summary>The global of that name.</summary>
    /// <exception cref="FormatException">The name is not among the known ones.</exception>
    public static PickleGlobal Find(string module, string name) =>
        (module, name) switch
        {
            ("collections", "OrderedDict" or "defaultdict" or "Counter" or "deque") or ("torch", "Size") => new(
                module,
                name
            ),
            (
                "torch._utils",
                "_rebuild_tensor"
                    or "_rebuild_tensor_v2"
                    or "_rebuild_parameter"
                    or "_rebuild_parameter_with_state"
            ) => new(module, name),
            ("torch._tensor", "_rebuild_from_type_v2") or ("torch", "Tensor") or ("torch.nn.parameter", "Parameter") =>
                new(module, name),
            ("torch" or "torch.cuda", _) when s_storages.ContainsKey(name) => new("torch", name),
            _ when InertGlobals.Contains(module, name) => new(module, name, IsInert: true),
            _ => throw new FormatException(
                $"It refers to '{module}.{name}'. Only tensors and plain containers are read, nothing is executed: "
                    + $"save the network's state_dict() instead of the network."
            ),
        };

    /// <summary>The type of a storage's values, for globals that are storages.</summary>
    public static bool TryStorageType(object? value, out ElementType type)
    {
        type = default;
        return value is PickleGlobal { Module: "torch" } global && s_storages.TryGetValue(global.Name, out type);
    }

    /// <summary>What calling the global gives.</summary>
    /// <exception cref="FormatException">It is not callable, or not with these arguments.</exception>
    public static object? Call(object? function, object?[] arguments) =>
        (function as PickleGlobal)?.Name switch
        {
            _ when function is PickleGlobal { IsInert: true } => new PickleInert($"{function}"),
            "OrderedDict" => OrderedDictionary(arguments),
            // The argument of a defaultdict is what makes its values, that of a Counter its counts; entries that matter
            // come afterwards.
            "defaultdict" => new PickleDictionary(),
            "Counter" => arguments is [PickleDictionary counts] ? counts : new PickleDictionary(),
            "deque" => new PickleList(),
            "Size" when arguments is [PickleTuple sizes] => sizes,
            "Size" when arguments is [PickleList sizes] => new PickleTuple([.. sizes]),
            "_rebuild_parameter" or "_rebuild_parameter_with_state" when arguments is [TorchTensor tensor, ..] =>
                tensor,
            // A tensor with attributes: the function that makes it, its type, that function's arguments, the
            // attributes.
            "_rebuild_from_type_v2"
                when arguments
                    is [PickleGlobal { Name: "_rebuild_tensor_v2" } rebuild, PickleGlobal, PickleTuple inner, ..] =>
                Call(rebuild, inner.Items),
            // Arguments: storage, offset, size, stride; then requires_grad, backward hooks, and in newer versions
            // metadata.
            "_rebuild_tensor" or "_rebuild_tensor_v2" when arguments.Length >= 4 => TorchTensorChecks.Create(
                arguments[0],
                arguments[1],
                arguments[2],
                arguments[3]
            ),
            _ => throw new FormatException(
                $"It calls '{function ?? "None"}' with {arguments.Length} arguments, which is none of the ways in "
                    + $"which tensors are saved."
            ),
        };

    private static PickleDictionary OrderedDictionary(object?[] arguments)
    {
        var dictionary = new PickleDictionary();
        if (arguments.Length == 0)
            return dictionary;
        if (arguments is not [PickleList pairs])
            throw new FormatException("It makes an OrderedDict of something that is not a list of pairs.");
        foreach (var pair in pairs)
            dictionary.Items.Add(
                pair switch
                {
                    PickleList { Count: 2 } list => new(list[0], list[1]),
                    PickleTuple { Items: [var key, var value] } => new(key, value),
                    _ => throw new FormatException("It makes an OrderedDict of something that is not a list of pairs."),
                }
            );
        return dictionary;
    }
}
