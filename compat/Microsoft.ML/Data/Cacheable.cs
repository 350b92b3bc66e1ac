using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Columns whose values may outlive their row: standard types and vectors of them, not images.</summary>
internal static class Cacheable
{
    private static readonly MethodInfo s_vector = typeof(Cacheable).GetMethod(nameof(VectorCopier), BindingFlags.NonPublic | BindingFlags.Static);

    public static bool IsCacheable(DataViewType type) => type is PrimitiveDataViewType or VectorDataViewType;

    /// <summary>A getter of stored values: vectors are copied, so that a caller who edits its buffer leaves the store alone.</summary>
    public static ValueGetter<T> Copier<T>(Func<T> read)
    {
        if (typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(VBuffer<>))
            return (ValueGetter<T>)Generic.Invoke<Delegate>(s_vector, typeof(T).GetGenericArguments()[0], null, read);
        return (ref T value) => value = read();
    }

    private static Delegate VectorCopier<T>(Func<VBuffer<T>> read) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => read().CopyTo(ref value));
}
