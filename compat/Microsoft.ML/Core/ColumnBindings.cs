namespace Microsoft.ML.Data;

/// <summary>Input columns and added ones in one schema: an added column stands after the last of its name, which it hides, or at the end.</summary>
internal sealed class ColumnBindings
{
    private readonly int[] _sources;

    public ColumnBindings(DataViewSchema input, DataViewSchema.DetachedColumn[] added)
    {
        InputSchema = input;
        // Source i >= 0 is an input column, ~i is added column i.
        var sources = Enumerable.Range(0, input.Count).ToList();
        string NameOf(int source) => source >= 0 ? input[source].Name : added[~source].Name;
        for (var i = 0; i < added.Length; i++)
        {
            var last = sources.FindLastIndex(s => NameOf(s) == added[i].Name);
            sources.Insert(last < 0 ? sources.Count : last + 1, ~i);
        }
        _sources = [.. sources];
        AddedColumnIndices = Enumerable.Range(0, added.Length).Select(i => sources.IndexOf(~i)).ToArray();
        Schema = DataViewSchema.Of(_sources.Select(s => s >= 0 ? new DataViewSchema.DetachedColumn(input[s]) : added[~s]));
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema Schema { get; }

    /// <summary>Where in the output schema each added column is.</summary>
    public int[] AddedColumnIndices { get; }

    public bool IsSource(int column, out int index)
    {
        var source = _sources[column];
        index = source >= 0 ? source : ~source;
        return source >= 0;
    }
}
