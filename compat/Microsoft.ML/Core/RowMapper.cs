namespace Microsoft.ML.Data;

/// <summary>What a row-to-row transformer adds to each row.</summary>
internal abstract class RowMapper
{
    public abstract DataViewSchema.DetachedColumn[] GetOutputColumns();

    /// <summary>Which input columns the active outputs need.</summary>
    public abstract Func<int, bool> GetDependencies(Func<int, bool> activeOutput);

    /// <summary>Getters of the active outputs (null for the others); the disposer runs when the row or cursor is disposed.</summary>
    public abstract Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput, out Action disposer);
}
