using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The registered pairs (C# type with its attribute, data view type) of custom column types.</summary>
public static class DataViewTypeManager
{
    private static readonly HashSet<Type> s_standard =
    [
        typeof(bool), typeof(sbyte), typeof(byte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(float), typeof(double), typeof(string), typeof(ReadOnlyMemory<char>), typeof(VBuffer<>), typeof(Nullable<>),
        typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DataViewRowId),
    ];
    private static readonly Dictionary<(Type Type, DataViewTypeAttribute Attribute), DataViewType> s_byRawType = new();
    private static readonly Dictionary<DataViewType, (Type Type, DataViewTypeAttribute Attribute)> s_byViewType = new();
    private static readonly object s_lock = new();

    public static void Register(DataViewType dataViewType, Type type, DataViewTypeAttribute typeAttribute = null)
    {
        if (s_standard.Contains(type))
            throw Contracts.ExceptParam(nameof(type), $"Type {type} has been registered as ML.NET's default supported type, so it can't not be registered again.");
        var raw = (type, typeAttribute);
        lock (s_lock)
        {
            var knowsRaw = s_byRawType.TryGetValue(raw, out var otherView);
            var knowsView = s_byViewType.TryGetValue(dataViewType, out var otherRaw);
            if (knowsRaw && otherView.Equals(dataViewType) && knowsView && otherRaw.Equals(raw)) return;
            if (knowsRaw && !otherView.Equals(dataViewType))
                throw Contracts.ExceptParam(nameof(type), $"Repeated type register. The raw type {type} has been associated with {otherView} so it cannot be associated with {dataViewType}.");
            if (knowsView && !otherRaw.Equals(raw))
                throw Contracts.ExceptParam(nameof(dataViewType), $"Repeated type register. The DataView type {dataViewType} has been associated with {otherRaw.Type} so it cannot be associated with {type}.");
            s_byRawType.Add(raw, dataViewType);
            s_byViewType.Add(dataViewType, raw);
        }
    }

    internal static bool Knows(DataViewType dataViewType)
    {
        lock (s_lock) return s_byViewType.ContainsKey(dataViewType);
    }

    internal static DataViewType Find(Type type, IEnumerable<Attribute> attributes)
    {
        var own = (attributes ?? []).OfType<DataViewTypeAttribute>().ToArray();
        if (own.Length > 1)
            throw Contracts.ExceptParam(nameof(type), $"Type {type.Name} cannot be marked with multiple attributes derived from {typeof(DataViewTypeAttribute)}.");
        lock (s_lock) return s_byRawType.GetValueOrDefault((type, own.FirstOrDefault()));
    }
}
