using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Reads rows in windows, translates the images of a window together, and serves them in order. The other columns asked
/// for are carried along. From the first translation that is asked for, the next window is read while one is
/// translated, and translated while one is served. What fails for one row fails when that row's value is asked for, not
/// before.
/// </summary>
internal sealed class ReadAheadCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _input;
    private readonly TranslationBinding _binding;
    private readonly bool[] _active;
    private readonly WindowSize _size;
    private readonly RowWindow[] _windows;
    private int _served;
    private int _current = -1;
    private bool _isAsked;
    private bool _ended;
    private bool _disposed;

    public ReadAheadCursor(
        DataViewRowCursor input,
        TranslationBinding binding,
        TranslationEngine engine,
        bool[] active,
        WindowSize size
    )
    {
        (_input, _binding, _active, _size) = (input, binding, active, size);
        _windows = [new(input, binding, engine, active, size.Most), new(input, binding, engine, active, size.Most)];
    }

    public override DataViewSchema Schema => _binding.Output;

    public override long Position => _current < 0 ? -1 : Window.Position(_current);

    public override long Batch => _current < 0 ? 0 : Window.Batch(_current);

    private RowWindow Window => _windows[_served];

    private RowWindow Next => _windows[1 - _served];

    public override bool MoveNext()
    {
        if (_ended || _disposed)
            return false;
        if (++_current < Window.Count)
            return true;
        _current = -1;
        if (!Window.HasFailed)
        {
            if (Window.Images.Time is { } time)
                _size.Learn(Window.Count, time);
            Window.Clear();
            _served = 1 - _served;
            if (!Window.IsFilled)
                Window.Fill(_size.Rows);
            if (Window.Count > 0)
            {
                if (_isAsked)
                    ReadAhead();
                _current = 0;
                return true;
            }
        }
        _ended = true;
        Window.ThrowFailure();
        return false;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = Window.Id(Row());

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        ColumnAccess.Check(_active, column);
        if (column.Index == _binding.OutputIndex)
            return ColumnAccess.As<TValue>(new ValueGetter<MLImage?>((ref MLImage? value) => value = Translated()));
        var getters = Array.ConvertAll(
            _windows,
            window => ColumnAccess.As<TValue>(window.Column(column.Index).GetGetter(Row))
        );
        return (ref TValue value) => getters[_served](ref value);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            (_disposed, _current) = (true, -1);
            foreach (var window in _windows)
                window.Clear();
            _input.Dispose();
        }
        base.Dispose(disposing);
    }

    private int Row() => _current >= 0 ? _current : throw ColumnAccess.NotOnRow();

    private MLImage? Translated()
    {
        int row = Row();
        if (!_isAsked)
        {
            _isAsked = true;
            ReadAhead();
        }
        return Window.Images.Translated(row);
    }

    // Whoever asked for one translation will ask for the next; the engine takes up its images as soon as it has a run
    // to spare.
    private void ReadAhead()
    {
        Window.Images.Translate();
        if (Window.HasFailed)
            return;
        Next.Fill(_size.Rows);
        Next.Images.Translate(Window.Images.AllTaken);
    }
}
