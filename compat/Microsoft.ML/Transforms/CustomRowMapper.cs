using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Reads a row into an object, maps it once for each position, serves the members of the result.</summary>
internal sealed class CustomRowMapper<TSrc, TDst>(Action<TSrc, TDst> mapAction, RowReader<TSrc> reader, TypedColumn[] added, DataViewSchema inputSchema) : RowMapper
    where TSrc : class, new()
    where TDst : class, new()
{
    public override DataViewSchema.DetachedColumn[] GetOutputColumns()
    {
        foreach (var column in added) ObjectGetters.CheckServable(column);
        return added.Select(c => new DataViewSchema.DetachedColumn(c.Name, c.Type, c.Annotations)).ToArray();
    }

    public override Func<int, bool> GetDependencies(Func<int, bool> activeOutput)
    {
        if (!Enumerable.Range(0, added.Length).Any(activeOutput)) return _ => false;
        var needed = reader.ColumnsOf(inputSchema).Select(c => c.Index).ToHashSet();
        return needed.Contains;
    }

    public override Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput, out Action disposer)
    {
        disposer = null;
        var getters = new Delegate[added.Length];
        if (!Enumerable.Range(0, added.Length).Any(activeOutput)) return getters;
        var fill = reader.Filler(input);
        var source = new TSrc();
        var result = new TDst();
        long served = -1;
        TDst Current()
        {
            if (served == input.Position) return result;
            fill(source);
            mapAction(source, result);
            served = input.Position;
            return result;
        }
        for (var i = 0; i < getters.Length; i++)
        {
            if (activeOutput(i)) getters[i] = ObjectGetters.Create(added[i], Current);
        }
        return getters;
    }
}
