using System.Collections;

namespace Microsoft.ML;

public sealed partial class DataViewSchema : IReadOnlyList<DataViewSchema.Column>
{
    private readonly Column[] _columns;
    private readonly Dictionary<string, int> _byName = new();

    private DataViewSchema(Column[] columns)
    {
        _columns = columns;
        foreach (var column in columns) _byName[column.Name] = column.Index;
    }

    public int Count => _columns.Length;

    public Column this[int columnIndex]
        => (uint)columnIndex < (uint)_columns.Length ? _columns[columnIndex] : throw new ArgumentOutOfRangeException(nameof(columnIndex));

    public Column this[string name]
        => GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(name), $"Column '{name}' not found");

    public Column? GetColumnOrNull(string name)
    {
        if (string.IsNullOrEmpty(name)) throw new ArgumentNullException(nameof(name));
        return _byName.TryGetValue(name, out var index) ? _columns[index] : null;
    }

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"{Count} columns";

    internal static DataViewSchema Of(IEnumerable<DetachedColumn> columns)
    {
        var builder = new Builder();
        builder.AddColumns(columns);
        return builder.ToSchema();
    }
}
