using System.Collections;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class SchemaShape : IReadOnlyList<SchemaShape.Column>
{
    private static readonly SchemaShape s_empty = new([]);
    private readonly Column[] _columns;

    public SchemaShape(IEnumerable<Column> columns)
    {
        _columns = Contracts.CheckValue(columns, nameof(columns)).ToArray();
        Contracts.CheckParam(_columns.All(c => c.IsValid), nameof(columns), "Some items are not initialized properly.");
    }

    public int Count => _columns.Length;

    public Column this[int index] => _columns[index];

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static SchemaShape Create(DataViewSchema schema)
        => new(Contracts.CheckValue(schema, nameof(schema)).Where(c => !c.IsHidden).Select(c => Shape(c.Name, c.Type,
            c.Annotations.Schema.Count == 0 ? s_empty : new SchemaShape(c.Annotations.Schema.Select(a => Shape(a.Name, a.Type, s_empty))))));

    private static Column Shape(string name, DataViewType type, SchemaShape annotations)
    {
        GetColumnTypeShape(type, out var kind, out var itemType, out var isKey);
        return new Column(name, kind, itemType, isKey, annotations);
    }

    internal static void GetColumnTypeShape(DataViewType type, out Column.VectorKind kind, out DataViewType itemType, out bool isKey)
    {
        var vector = type as VectorDataViewType;
        kind = vector == null ? Column.VectorKind.Scalar : vector.IsKnownSize ? Column.VectorKind.Vector : Column.VectorKind.VariableVector;
        itemType = vector?.ItemType ?? type;
        isKey = itemType is KeyDataViewType;
        if (isKey) itemType = PrimitiveTypes.FromRawType(itemType.RawType);
    }

    internal bool TryFindColumn(string name, out Column column)
    {
        Contracts.CheckValue(name, nameof(name));
        column = _columns.FirstOrDefault(c => c.Name == name);
        return column.IsValid;
    }
}
