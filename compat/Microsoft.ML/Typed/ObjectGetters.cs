using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Getters that read a member of the current object of a row.</summary>
internal static class ObjectGetters
{
    private static readonly MethodInfo s_value = Method(nameof(Value));
    private static readonly MethodInfo s_array = Method(nameof(Array));
    private static readonly MethodInfo s_buffer = Method(nameof(Buffer));

    private static MethodInfo Method(string name) => typeof(ObjectGetters).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static);

    /// <summary>Values of a custom type can be served when that very type, its size included, was registered.</summary>
    public static void CheckServable(TypedColumn column)
    {
        if (column.Type is not (PrimitiveDataViewType or VectorDataViewType) && !DataViewTypeManager.Knows(column.Type))
            throw new NotSupportedException($"Type '{column.Member.Type.FullName}' is not yet supported.");
    }

    public static Delegate Create<TRow>(TypedColumn column, Func<TRow> current)
    {
        CheckServable(column);
        var member = column.Member;
        if (member.Type == typeof(string))
        {
            var read = member.Reader<TRow, string>();
            return (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> dst) => dst = read(current()).AsMemory());
        }
        if (member.Type == typeof(string[]))
        {
            var read = member.Reader<TRow, string[]>();
            return (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)((ref VBuffer<ReadOnlyMemory<char>> dst) =>
            {
                var texts = read(current()) ?? [];
                var editor = VBufferEditor.Create(ref dst, texts.Length);
                for (var i = 0; i < texts.Length; i++) editor.Values[i] = texts[i].AsMemory();
                dst = editor.Commit();
            });
        }
        var method = member.Type.IsArray ? s_array : member.IsVector ? s_buffer : s_value;
        return (Delegate)method.MakeGenericMethod(typeof(TRow), member.ItemType).Invoke(null, [member, current]);
    }

    private static Delegate Value<TRow, T>(TypedMember member, Func<TRow> current)
    {
        var read = member.Reader<TRow, T>();
        return (ValueGetter<T>)((ref T dst) => dst = read(current()));
    }

    private static Delegate Array<TRow, T>(TypedMember member, Func<TRow> current)
    {
        var read = member.Reader<TRow, T[]>();
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> dst) =>
        {
            var values = read(current()) ?? [];
            var editor = VBufferEditor.Create(ref dst, values.Length);
            values.CopyTo(editor.Values);
            dst = editor.Commit();
        });
    }

    private static Delegate Buffer<TRow, T>(TypedMember member, Func<TRow> current)
    {
        var read = member.Reader<TRow, VBuffer<T>>();
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> dst) => read(current()).CopyTo(ref dst));
    }
}
