using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Copies the values of rows of one schema into objects of a class.</summary>
internal sealed class RowReader<TRow> where TRow : class
{
    private readonly (TypedColumn Column, int Index)[] _bound;

    public RowReader(DataViewSchema schema, bool ignoreMissingColumns, SchemaDefinition definition)
    {
        var columns = definition == null
            ? TypedColumn.Bind(typeof(TRow), SchemaDefinition.Direction.Write)
            : TypedColumn.Bind(typeof(TRow), definition);
        var bound = new List<(TypedColumn, int)>();
        foreach (var column in columns)
        {
            if (schema.GetColumnOrNull(column.Name) is not { } found)
            {
                if (ignoreMissingColumns) continue;
                throw Contracts.ExceptSchemaMismatch("Schema", "", column.Name);
            }
            if (!IsCompatible(found.Type, column.Member))
                throw Contracts.Except($"Can't bind the IDataView column '{column.Name}' of type '{found.Type}' to field or property '{column.Member.Name}' of type '{column.Member.Type.FullName}'.");
            bound.Add((column, found.Index));
        }
        _bound = [.. bound];
    }

    private static bool IsCompatible(DataViewType type, TypedMember member)
        => type is VectorDataViewType vector ? member.IsVector && vector.ItemType.RawType == member.ItemType : !member.IsVector && type.RawType == member.ItemType;

    public IEnumerable<DataViewSchema.Column> ColumnsOf(DataViewSchema schema) => _bound.Select(b => schema[b.Index]).DistinctBy(c => c.Index).ToArray();

    /// <summary>What fills an object from the row's current values.</summary>
    public Action<TRow> Filler(DataViewRow row)
    {
        var setters = _bound.Select(b => ObjectSetters.Create<TRow>(row, row.Schema[b.Index], b.Column.Member)).ToArray();
        return target =>
        {
            foreach (var setter in setters) setter(target);
        };
    }
}
