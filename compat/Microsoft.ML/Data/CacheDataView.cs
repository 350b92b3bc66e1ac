using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>The cacheable columns of a view (images are not, and are dropped), kept in memory once they were read.</summary>
internal sealed class CacheDataView : IDataView
{
    private static readonly MethodInfo s_load = typeof(CacheDataView).GetMethod(nameof(Load), BindingFlags.NonPublic | BindingFlags.Instance);
    private readonly IDataView _source;
    private readonly DataViewSchema.Column[] _columns;
    private readonly Array[] _cached;
    private readonly object _lock = new();
    private DataViewRowId[] _ids;

    public CacheDataView(IDataView source)
    {
        _source = source;
        _columns = source.Schema.Where(c => !c.IsHidden && Cacheable.IsCacheable(c.Type)).ToArray();
        _cached = new Array[_columns.Length];
        Schema = DataViewSchema.Of(_columns.Select(c => new DataViewSchema.DetachedColumn(c)));
    }

    public bool CanShuffle => true;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _ids?.Length ?? _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = ActiveSet.Of(Schema, columnsNeeded);
        lock (_lock)
        {
            if (_ids == null) LoadIds();
            for (var i = 0; i < active.Length; i++)
            {
                if (active[i] && _cached[i] == null) Generic.Invoke<object>(s_load, _columns[i].Type.RawType, this, i);
            }
        }
        var order = Enumerable.Range(0, _ids.Length).ToArray();
        rand?.Shuffle(order);
        return new CacheCursor(Schema, active, _cached, _ids, order);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private void LoadIds()
    {
        var ids = new List<DataViewRowId>();
        using var cursor = _source.GetRowCursor([]);
        var getter = cursor.GetIdGetter();
        DataViewRowId id = default;
        while (cursor.MoveNext())
        {
            getter(ref id);
            ids.Add(id);
        }
        _ids = [.. ids];
    }

    private object Load<T>(int index)
    {
        var values = new List<T>();
        using var cursor = _source.GetRowCursor([_columns[index]]);
        var getter = cursor.GetGetter<T>(_columns[index]);
        while (cursor.MoveNext())
        {
            T value = default;
            getter(ref value);
            values.Add(value);
        }
        return _cached[index] = values.ToArray();
    }
}
