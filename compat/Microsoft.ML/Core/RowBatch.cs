using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Copies of the active values of a few consecutive rows.</summary>
internal sealed class RowBatch
{
    public const int MaxRows = 8;
    private static readonly MethodInfo s_recorder = typeof(RowBatch).GetMethod(nameof(Recorder), BindingFlags.NonPublic | BindingFlags.Static);
    private readonly Array[] _columns;
    private readonly DataViewRowId[] _ids = new DataViewRowId[MaxRows];

    public RowBatch(long number, DataViewSchema schema, bool[] active)
    {
        Number = number;
        _columns = schema.Select(c => active[c.Index] ? Array.CreateInstance(c.Type.RawType, MaxRows) : null).ToArray();
    }

    public long Number { get; }

    public int Count { get; set; }

    public T Value<T>(int column, int row) => ((T[])_columns[column])[row];

    public DataViewRowId Id(int row) => _ids[row];

    /// <summary>What copies the cursor's current row to the end of a batch.</summary>
    public static Action<RowBatch> RecorderOf(DataViewRowCursor cursor, bool[] active)
    {
        var id = cursor.GetIdGetter();
        var columns = cursor.Schema.Where(c => active[c.Index])
            .Select(c => Generic.Invoke<Action<RowBatch>>(s_recorder, c.Type.RawType, null, cursor, c)).ToArray();
        return batch =>
        {
            id(ref batch._ids[batch.Count]);
            foreach (var record in columns) record(batch);
            batch.Count++;
        };
    }

    private static Action<RowBatch> Recorder<T>(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        var getter = cursor.GetGetter<T>(column);
        return batch =>
        {
            T value = default;
            getter(ref value);
            ((T[])batch._columns[column.Index])[batch.Count] = value;
        };
    }
}
