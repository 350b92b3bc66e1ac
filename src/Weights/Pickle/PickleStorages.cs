namespace MlNetImageTranslation.Weights;

/// <summary>The storages that a pickle mentions by persistent ids.</summary>
internal sealed class PickleStorages(PickleBudget budget)
{
    private const int LongestKey = 256;

    private readonly Dictionary<string, TorchStorage> _all = [];

    /// <summary>The storages, by key.</summary>
    public IReadOnlyDictionary<string, TorchStorage> All => _all;

    /// <summary>
    /// What a persistent id stands for: ('storage', type, key, location, count), and a view of another storage in very
    /// old files.
    /// </summary>
    public object Find(object? id)
    {
        switch (id)
        {
            // A module in the older format: its class, its source file, its source.
            case PickleTuple { Items: ["module", PickleGlobal type, ..] }:
                return type;
            case PickleTuple { Items: ["storage", PickleGlobal type, ..] items }
                when !PickleGlobals.TryStorageType(type, out _):
                return PickleGlobals.Unknown(type.ToString(), items, budget);
            case PickleTuple { Items: ["storage", var type, string key, _, long count, .. var view] }
                when PickleGlobals.TryStorageType(type, out var element):
                if (view is [not null, ..])
                    throw new FormatException(
                        $"Storage '{key}' is a view of another storage: save the file with a PyTorch of 0.4 or newer."
                    );
                return Add(key, element, count);
            default:
                throw new FormatException("Its pickle has a persistent id that is not a storage.");
        }
    }

    private TorchStorage Add(string key, ElementType element, long count)
    {
        if (key.Length > LongestKey)
            throw new FormatException($"Its pickle has a storage with a name of {key.Length} characters.");
        if (count < 0 || count > long.MaxValue / element.Size())
            throw new FormatException($"Storage '{key}' has {count} values.");
        var storage = new TorchStorage(key, element, count);
        if (_all.TryAdd(key, storage) || _all[key] == storage)
            return storage;
        throw new FormatException(
            $"Storage '{key}' is said to be {element} with {count} values and {_all[key].Type} with "
                + $"{_all[key].Count}."
        );
    }
}
