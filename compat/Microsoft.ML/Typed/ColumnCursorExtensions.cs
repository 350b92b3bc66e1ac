using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public static class ColumnCursorExtensions
{
    private static readonly MethodInfo s_array = typeof(ColumnCursorExtensions).GetMethod(nameof(Arrays), BindingFlags.NonPublic | BindingFlags.Static);

    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName)
    {
        Contracts.CheckValue(data, nameof(data));
        Contracts.CheckNonEmpty(columnName, nameof(columnName));
        return data.GetColumn<T>(data.Schema.GetColumnOrNull(columnName) ?? throw Contracts.ExceptSchemaMismatch(nameof(columnName), "input", columnName));
    }

    public static IEnumerable<T> GetColumn<T>(this IDataView data, DataViewSchema.Column column)
    {
        Contracts.CheckValue(data, nameof(data));
        Contracts.CheckParam(column.Index < data.Schema.Count && data.Schema[column.Index].Name == column.Name, nameof(column), $"{column.Name} does not exist in the input schema");
        if (typeof(T) == column.Type.RawType) return Values<T, T>(data, column, value => value);
        if (typeof(T) == typeof(string) && column.Type is TextDataViewType)
            return (IEnumerable<T>)Values<ReadOnlyMemory<char>, string>(data, column, value => value.ToString());
        if (typeof(T).IsArray && column.Type is VectorDataViewType vector)
        {
            if (typeof(T) == typeof(string[]) && vector.ItemType is TextDataViewType)
                return (IEnumerable<T>)Values<VBuffer<ReadOnlyMemory<char>>, string[]>(data, column, value => value.DenseValues().Select(x => x.ToString()).ToArray());
            if (typeof(T).GetElementType() == vector.ItemType.RawType)
                return Generic.Invoke<IEnumerable<T>>(s_array, vector.ItemType.RawType, null, data, column);
        }
        throw Contracts.ExceptParam(nameof(column), $"Could not map a data view column '{column.Name}' of type {column.Type} to {typeof(T)}.");
    }

    private static IEnumerable<T[]> Arrays<T>(IDataView data, DataViewSchema.Column column)
        => Values<VBuffer<T>, T[]>(data, column, value => value.DenseValues().ToArray());

    private static IEnumerable<TOut> Values<TIn, TOut>(IDataView data, DataViewSchema.Column column, Func<TIn, TOut> convert)
    {
        using var cursor = data.GetRowCursor([column]);
        var getter = cursor.GetGetter<TIn>(column);
        TIn value = default;
        while (cursor.MoveNext())
        {
            getter(ref value);
            yield return convert(value);
        }
    }
}
