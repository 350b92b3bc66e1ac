using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    private readonly IHostEnvironment _env;

    internal DataOperationsCatalog(IHostEnvironment env) => _env = env;

    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, SchemaDefinition schemaDefinition = null) where TRow : class
        => new EnumerableDataView<TRow>(Contracts.CheckValue(data, nameof(data)), schemaDefinition == null
            ? TypedColumn.Bind(typeof(TRow), SchemaDefinition.Direction.Read)
            : TypedColumn.Bind(typeof(TRow), schemaDefinition));

    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, DataViewSchema schema) where TRow : class
        => new EnumerableDataView<TRow>(Contracts.CheckValue(data, nameof(data)),
            TypedColumn.Bind(typeof(TRow), DefinitionOf<TRow>(Contracts.CheckValue(schema, nameof(schema)))));

    public IEnumerable<TRow> CreateEnumerable<TRow>(IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false,
        SchemaDefinition schemaDefinition = null) where TRow : class, new()
    {
        Contracts.CheckValue(data, nameof(data));
        return Read(data, new RowReader<TRow>(data.Schema, ignoreMissingColumns, schemaDefinition), reuseRowObject);
    }

    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        Contracts.CheckValue(input, nameof(input));
        foreach (var name in columnsToPrefetch ?? [])
        {
            if (input.Schema.GetColumnOrNull(name) == null) throw Contracts.ExceptSchemaMismatch(nameof(columnsToPrefetch), "prefetch", name);
        }
        return new CacheDataView(input);
    }

    public IDataView TakeRows(IDataView input, long count)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckParam(count > 0, nameof(count), "Must be greater than zero.");
        return new FilteredDataView(input, () => { long taken = 0; return () => taken++ < count ? RowFilter.Keep : RowFilter.Stop; });
    }

    public IDataView SkipRows(IDataView input, long count)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckParam(count > 0, nameof(count), "Must be greater than zero.");
        return new FilteredDataView(input, () => { long seen = 0; return () => seen++ < count ? RowFilter.Skip : RowFilter.Keep; });
    }

    private static IEnumerable<TRow> Read<TRow>(IDataView data, RowReader<TRow> reader, bool reuseRowObject) where TRow : class, new()
    {
        using var cursor = data.GetRowCursor(reader.ColumnsOf(data.Schema));
        var fill = reader.Filler(cursor);
        TRow row = null;
        while (cursor.MoveNext())
        {
            if (!reuseRowObject || row == null) row = new TRow();
            fill(row);
            yield return row;
        }
    }

    internal static SchemaDefinition DefinitionOf<TRow>(DataViewSchema schema)
    {
        var definition = SchemaDefinition.Create(typeof(TRow), SchemaDefinition.Direction.Read);
        foreach (var column in schema)
        {
            var own = definition.FirstOrDefault(c => c.ColumnName == column.Name) ?? throw Contracts.Except($"Type should contain a member named {column.Name}");
            own.ColumnType = column.Type;
        }
        return definition;
    }
}
