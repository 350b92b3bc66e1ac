using Microsoft.ML;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Numbers, text, keys, and whatever types others have registered: values that are passed on as they are.
/// </summary>
internal sealed class ValueColumnBuffer<T>(DataViewRow row, DataViewSchema.Column column, int rows)
    : ColumnBufferOf<T>(row, column, rows)
{
    protected override void Take(ValueGetter<T> getter, ref T kept)
    {
        // Always into a new place: a getter may reuse the object that it finds, and a reader may still hold it.
        T value = default!;
        getter(ref value);
        kept = value;
    }

    protected override void Give(in T kept, ref T value) => value = kept;

    protected override void Release(ref T kept) => kept = default!;
}
