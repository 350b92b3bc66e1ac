namespace Microsoft.ML.Data;

internal static class ActiveSet
{
    public static bool[] Of(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns)
    {
        var active = new bool[schema.Count];
        foreach (var column in columns)
        {
            if (column.Index >= active.Length || schema[column.Index].Name != column.Name)
                throw new ArgumentException($"Column '{column.Name}' (index {column.Index}) is not a column of the schema.", nameof(columns));
            active[column.Index] = true;
        }
        return active;
    }
}
