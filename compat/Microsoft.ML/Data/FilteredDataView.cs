namespace Microsoft.ML.Data;

/// <summary>Some rows of a view, chosen by a filter that each cursor starts anew.</summary>
internal sealed class FilteredDataView(IDataView source, Func<Func<RowFilter>> startFilter) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => new Cursor(source.GetRowCursor(columnsNeeded), startFilter());

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewRowCursor input, Func<RowFilter> filter) : DataViewRowCursor
    {
        private long _position = -1;
        private bool _ended;

        public override long Position => _position;

        public override long Batch => input.Batch;

        public override DataViewSchema Schema => input.Schema;

        public override bool MoveNext()
        {
            while (!_ended)
            {
                var choice = filter();
                if (choice == RowFilter.Stop || !input.MoveNext()) break;
                if (choice == RowFilter.Skip) continue;
                _position++;
                return true;
            }
            _ended = true;
            _position = -1;
            return false;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => input.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => input.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        protected override void Dispose(bool disposing)
        {
            if (disposing) input.Dispose();
            base.Dispose(disposing);
        }
    }
}
