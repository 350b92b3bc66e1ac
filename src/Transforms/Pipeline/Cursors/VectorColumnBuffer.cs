using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetImageTranslation.Transforms;

/// <summary>Vectors: every row of the buffer keeps its own memory, and readers get copies in theirs.</summary>
internal sealed class VectorColumnBuffer<T>(DataViewRow row, DataViewSchema.Column column, int rows)
    : ColumnBufferOf<VBuffer<T>>(row, column, rows)
{
    protected override void Take(ValueGetter<VBuffer<T>> getter, ref VBuffer<T> kept) => getter(ref kept);

    protected override void Give(in VBuffer<T> kept, ref VBuffer<T> value) => kept.CopyTo(ref value);
}
