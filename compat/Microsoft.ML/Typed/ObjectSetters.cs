using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Writes a row's value of a column into a member of an object.</summary>
internal static class ObjectSetters
{
    private static readonly MethodInfo s_value = Method(nameof(Value));
    private static readonly MethodInfo s_array = Method(nameof(Array));
    private static readonly MethodInfo s_buffer = Method(nameof(Buffer));

    private static MethodInfo Method(string name) => typeof(ObjectSetters).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static);

    public static Action<TRow> Create<TRow>(DataViewRow row, DataViewSchema.Column column, TypedMember member)
    {
        if (member.Type == typeof(string))
        {
            var text = row.GetGetter<ReadOnlyMemory<char>>(column);
            var write = member.Writer<TRow, string>();
            ReadOnlyMemory<char> value = default;
            return target =>
            {
                text(ref value);
                write(target, value.ToString());
            };
        }
        if (member.Type == typeof(string[]))
        {
            var texts = row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column);
            var write = member.Writer<TRow, string[]>();
            VBuffer<ReadOnlyMemory<char>> value = default;
            return target =>
            {
                texts(ref value);
                write(target, value.DenseValues().Select(t => t.ToString()).ToArray());
            };
        }
        if (column.Type is not (PrimitiveDataViewType or VectorDataViewType) && !DataViewTypeManager.Knows(column.Type))
            throw new NotImplementedException($"Type '{member.Type.FullName}' is not yet supported.");
        var method = member.Type.IsArray ? s_array : member.IsVector ? s_buffer : s_value;
        return (Action<TRow>)method.MakeGenericMethod(typeof(TRow), member.ItemType)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [row, column, member], null);
    }

    // The value stays with the setter from row to row: getters of images dispose what they are handed, so pictures live for one row.
    private static Action<TRow> Value<TRow, T>(DataViewRow row, DataViewSchema.Column column, TypedMember member)
    {
        var getter = row.GetGetter<T>(column);
        var write = member.Writer<TRow, T>();
        T value = default;
        return target =>
        {
            getter(ref value);
            write(target, value);
        };
    }

    private static Action<TRow> Array<TRow, T>(DataViewRow row, DataViewSchema.Column column, TypedMember member)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        var read = member.Reader<TRow, T[]>();
        var write = member.Writer<TRow, T[]>();
        VBuffer<T> value = default;
        return target =>
        {
            getter(ref value);
            var array = read(target);
            if (array?.Length != value.Length) write(target, array = new T[value.Length]);
            value.CopyTo(array);
        };
    }

    private static Action<TRow> Buffer<TRow, T>(DataViewRow row, DataViewSchema.Column column, TypedMember member)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        var read = member.Reader<TRow, VBuffer<T>>();
        var write = member.Writer<TRow, VBuffer<T>>();
        return target =>
        {
            var value = read(target);
            getter(ref value);
            write(target, value);
        };
    }
}
