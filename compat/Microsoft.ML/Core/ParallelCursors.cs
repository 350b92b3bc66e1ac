using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Row-to-row transforms over cacheable columns compute on several threads, in order, as in ML.NET.</summary>
internal static class ParallelCursors
{
    private static int ThreadCount => Math.Max(2, Environment.ProcessorCount - 1);

    /// <summary>A cursor that consolidates the view's cursor set; only where every needed column may outlive its row (images may not).</summary>
    public static bool TryCreate(IDataView view, DataViewSchema.Column[] needed, Random rand, out DataViewRowCursor cursor)
    {
        cursor = null;
        if (!needed.All(c => Cacheable.IsCacheable(c.Type))) return false;
        var inputs = view.GetRowCursorSet(needed, ThreadCount, rand);
        cursor = inputs.Length == 1 ? inputs[0] : new ConsolidatingCursor(inputs, view.Schema, ActiveSet.Of(view.Schema, needed));
        return true;
    }

    /// <summary>Several cursors that take batches of rows from one, whoever comes first.</summary>
    public static DataViewRowCursor[] Split(DataViewRowCursor input, int count)
    {
        var source = new SplitSource(input, count);
        return Enumerable.Range(0, count).Select(_ => (DataViewRowCursor)new SplitCursor(source)).ToArray();
    }
}
