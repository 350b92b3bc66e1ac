namespace Microsoft.ML.Data;

/// <summary>The standard data view type of a C# type.</summary>
internal static class PrimitiveTypes
{
    private static readonly Dictionary<Type, PrimitiveDataViewType> s_byRawType = CreateMap();

    private static Dictionary<Type, PrimitiveDataViewType> CreateMap()
    {
        PrimitiveDataViewType[] others =
            [TextDataViewType.Instance, BooleanDataViewType.Instance, DateTimeDataViewType.Instance, DateTimeOffsetDataViewType.Instance, TimeSpanDataViewType.Instance];
        return NumberDataViewType.All.Concat(others).ToDictionary(t => t.RawType);
    }

    public static PrimitiveDataViewType FromRawType(Type type) => s_byRawType.GetValueOrDefault(type);

    public static PrimitiveDataViewType FromName(string name) => s_byRawType.Values.FirstOrDefault(t => t.ToString() == name);
}
