using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

internal static class Getters
{
    private static readonly MethodInfo s_copy = typeof(Getters).GetMethod(nameof(OfRow), BindingFlags.NonPublic | BindingFlags.Static);

    public static ValueGetter<TValue> Cast<TValue>(Delegate getter)
    {
        Contracts.Check(getter != null, "The column is not active in this row.");
        return getter as ValueGetter<TValue> ?? throw Contracts.Except(
            $"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{getter.GetType().GetGenericArguments()[0]}'.");
    }

    /// <summary>The getter of a column whose type is known only at run time.</summary>
    public static Delegate Of(DataViewRow row, DataViewSchema.Column column)
        => Generic.Invoke<Delegate>(s_copy, column.Type.RawType, null, row, column);

    private static Delegate OfRow<T>(DataViewRow row, DataViewSchema.Column column) => row.GetGetter<T>(column);
}
