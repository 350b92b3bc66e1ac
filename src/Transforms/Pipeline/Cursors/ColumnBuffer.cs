using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetImageTranslation.Transforms;

/// <summary>The values of one column in the rows read ahead.</summary>
internal abstract class ColumnBuffer
{
    /// <summary>Takes the value of the input's current row; a failure is kept for whoever asks for it.</summary>
    public abstract void Read(int row);

    /// <summary>Forgets the value of a row.</summary>
    public abstract void Release(int row);

    /// <summary>A ValueGetter of the column's type for the row that <paramref name="current"/> names.</summary>
    public abstract Delegate GetGetter(Func<int> current);

    /// <summary>A buffer for whatever type the column has.</summary>
    public static ColumnBuffer Create(DataViewRow row, DataViewSchema.Column column, int rows)
    {
        var type = column.Type.RawType;
        if (type == typeof(MLImage))
            return new ImageColumnBuffer(row, column, rows);
        var buffer =
            type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>)
                ? typeof(VectorColumnBuffer<>).MakeGenericType(type.GetGenericArguments())
                : typeof(ValueColumnBuffer<>).MakeGenericType(type);
        return (ColumnBuffer)Activator.CreateInstance(buffer, row, column, rows)!;
    }
}
