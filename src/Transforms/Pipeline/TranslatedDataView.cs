using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetImageTranslation.Transforms;

/// <summary>A lazy view of the input with the new column.</summary>
internal sealed class TranslatedDataView(
    IDataView input,
    TranslationBinding binding,
    TranslationEngine engine,
    int? readAhead
) : IDataView
{
    public DataViewSchema Schema => binding.Output;

    public bool CanShuffle => input.CanShuffle;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = Active(columnsNeeded);
        return Wrap(input.GetRowCursor(Needed(active), rand), active);
    }

    public DataViewRowCursor[] GetRowCursorSet(
        IEnumerable<DataViewSchema.Column> columnsNeeded,
        int n,
        Random? rand = null
    )
    {
        var active = Active(columnsNeeded);
        return Array.ConvertAll(input.GetRowCursorSet(Needed(active), n, rand), cursor => Wrap(cursor, active));
    }

    private DataViewRowCursor Wrap(DataViewRowCursor cursor, bool[] active) =>
        active[binding.OutputIndex]
            ? new ReadAheadCursor(cursor, binding, engine, active, new(readAhead, 2 * engine.PreferredBatch))
            : new PassingCursor(cursor, binding, active);

    private bool[] Active(IEnumerable<DataViewSchema.Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var active = new bool[binding.Output.Count];
        foreach (var column in columns)
        {
            if (column.Index >= active.Length || binding.Output[column.Index].Name != column.Name)
                throw new ArgumentOutOfRangeException(
                    nameof(columns),
                    $"Column '{column.Name}' is not one of this view."
                );
            active[column.Index] = true;
        }
        return active;
    }

    private IEnumerable<DataViewSchema.Column> Needed(bool[] active) =>
        binding.Dependencies(binding.Output.Where(column => active[column.Index]));
}
