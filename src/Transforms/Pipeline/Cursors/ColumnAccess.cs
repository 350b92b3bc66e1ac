using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetImageTranslation.Transforms;

/// <summary>The checks that every ML.NET row makes when it is asked for a getter.</summary>
internal static class ColumnAccess
{
    /// <exception cref="ArgumentOutOfRangeException">The column was not asked for when the cursor was made.</exception>
    public static void Check(bool[] active, DataViewSchema.Column column)
    {
        if (column.Index >= active.Length || !active[column.Index])
            throw new ArgumentOutOfRangeException(
                nameof(column),
                $"Column '{column.Name}' is not active: name it when the cursor is made."
            );
    }

    /// <exception cref="InvalidOperationException">The values have another type.</exception>
    public static ValueGetter<TValue> As<TValue>(Delegate getter) =>
        getter as ValueGetter<TValue>
        ?? throw new InvalidOperationException(
            $"Invalid TValue in GetGetter: '{typeof(TValue)}', expected '{getter.GetType().GetGenericArguments()[0]}'."
        );

    public static InvalidOperationException NotOnRow() =>
        new("The cursor is not on a row: it has not been started, or it has ended.");
}
