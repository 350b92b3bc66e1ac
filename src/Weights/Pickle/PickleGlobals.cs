using System.Collections.Frozen;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// What calling the names of a checkpoint's pickle means here: tensors and plain containers are made, everything else
/// becomes a <see cref="PickleObject"/>. Nothing is looked up or executed.
/// </summary>
internal static class PickleGlobals
{
    private const int LongestName = 100;

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
        ["QInt8Storage"] = ElementType.Integer8,
        ["QUInt8Storage"] = ElementType.Integer8,
        ["QInt32Storage"] = ElementType.Integer32,
        ["ComplexFloatStorage"] = ElementType.Complex64,
        ["ComplexDoubleStorage"] = ElementType.Complex128,
    }.ToFrozenDictionary();

    /// <summary>The global of that name.</summary>
    /// <exception cref="FormatException">It is one of <see cref="HostileGlobals"/>.</exception>
    public static PickleGlobal Find(string module, string name) =>
        HostileGlobals.Contains(module, name)
            ? throw new FormatException(
                $"It refers to '{Short(module)}.{Short(name)}', for which a checkpoint has no use: Python would run it "
                    + $"when the file is loaded. Nothing was run here; do not trust the file."
            )
            : new(module, name);

    /// <summary>The type of a storage's values, for globals that are storages.</summary>
    public static bool TryStorageType(object? value, out ElementType type)
    {
        type = default;
        return value is PickleGlobal { Module: "torch" or "torch.cuda" } global
            && s_storages.TryGetValue(global.Name, out type);
    }

    /// <summary>What calling the global gives.</summary>
    /// <param name="function">What is called.</param>
    /// <param name="arguments">With what.</param>
    /// <param name="budget">Is charged for what is made.</param>
    /// <exception cref="FormatException">It is nothing that can be called, or makes a tensor that is not
    /// sound.</exception>
    public static object? Call(object? function, object?[] arguments, PickleBudget budget)
    {
        switch (function)
        {
            case PickleGlobal global:
                return Call(global, arguments, budget);
            // A method of an object that is not read.
            case PickleObject value:
                return Unknown(value.Type, arguments, budget);
            default:
                throw new FormatException(
                    $"It calls '{Short(function?.ToString() ?? "None")}' with {arguments.Length} arguments, which is "
                        + $"nothing that can be called."
                );
        }
    }

    /// <summary>An object that is not read.</summary>
    public static PickleObject Unknown(string type, object?[] arguments, PickleBudget budget)
    {
        budget.Make(64);
        return new(Short(type), arguments);
    }

    private static object? Call(PickleGlobal global, object?[] arguments, PickleBudget budget)
    {
        object? made = global.Module switch
        {
            "collections" => Collection(global.Name, arguments, budget),
            "torch" when global.Name == "Size" => Size(arguments, budget),
            "torch._utils" => Rebuild(global.Name, arguments, budget),
            "torch._tensor" when global.Name == "_rebuild_from_type_v2" => FromType(arguments, budget),
            _ => null,
        };
        return made ?? Unknown(global.ToString(), arguments, budget);
    }

    private static object? Collection(string name, object?[] arguments, PickleBudget budget)
    {
        budget.Make(PickleReader.ContainerBytes);
        return name switch
        {
            "OrderedDict" => OrderedDictionary(arguments, budget),
            // The argument of a defaultdict is what makes its values, that of a Counter its counts; entries that matter
            // come afterwards.
            "defaultdict" => new PickleDictionary(),
            "Counter" => arguments is [PickleDictionary counts] ? counts : new PickleDictionary(),
            "deque" => new PickleList(),
            _ => null,
        };
    }

    private static PickleTuple? Size(object?[] arguments, PickleBudget budget)
    {
        switch (arguments)
        {
            case [PickleTuple sizes]:
                return sizes;
            case [PickleList sizes]:
                budget.Copy(sizes.Count, 8);
                budget.Make(PickleReader.TupleBytes);
                return new([.. sizes]);
            default:
                return null;
        }
    }

    private static TorchTensor? Rebuild(string name, object?[] arguments, PickleBudget budget)
    {
        switch (name)
        {
            case "_rebuild_parameter" or "_rebuild_parameter_with_state":
                return arguments is [TorchTensor tensor, ..] ? tensor : null;
            // Arguments: storage, offset, size, stride; then requires_grad, backward hooks, and in newer versions
            // metadata. A storage of a type that is not read makes a tensor that is not read.
            case "_rebuild_tensor" or "_rebuild_tensor_v2" when arguments is not [PickleObject, ..]:
                if (arguments.Length < 4)
                    throw new FormatException(
                        $"It calls 'torch._utils.{name}' with {arguments.Length} arguments; expected at least 4."
                    );
                budget.Make(128);
                var made = TorchTensorChecks.Create(arguments[0], arguments[1], arguments[2], arguments[3], budget);
                return arguments is [_, _, _, _, _, _, PickleDictionary bits, ..] && IsNegated(bits)
                    ? made with
                    {
                        IsNegated = true,
                    }
                    : made;
            default:
                return null;
        }
    }

    private static bool IsNegated(PickleDictionary bits) => bits.Items.Any(bit => bit is { Key: "neg", Value: true });

    // A tensor with attributes: the function that makes it, its type, that function's arguments, the attributes.
    private static object? FromType(object?[] arguments, PickleBudget budget) =>
        arguments
            is [
                PickleGlobal { Module: "torch._utils", Name: "_rebuild_tensor_v2" } rebuild,
                PickleGlobal { Module: "torch" or "torch.nn.parameter", Name: "Tensor" or "Parameter" },
                PickleTuple inner,
                ..,
            ]
            ? Rebuild(rebuild.Name, inner.Items, budget)
            : null;

    private static PickleDictionary OrderedDictionary(object?[] arguments, PickleBudget budget)
    {
        var dictionary = new PickleDictionary();
        if (arguments.Length == 0)
            return dictionary;
        if (arguments is not [PickleList pairs])
            throw new FormatException("It makes an OrderedDict of something that is not a list of pairs.");
        budget.Copy(pairs.Count, PickleReader.EntryBytes);
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

    private static string Short(string name) => name.Length > LongestName ? name[..LongestName] + "..." : name;
}
