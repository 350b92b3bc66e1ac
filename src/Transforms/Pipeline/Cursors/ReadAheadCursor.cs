using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Serves rows in order and holds some that it has read ahead: from the first translation that is asked for, their
/// images are translated while others are read and served. The other columns asked for are carried along. What fails
/// for one row fails when that row's value is asked for, not before.
/// </summary>
internal sealed class ReadAheadCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _input;
    private readonly TranslationBinding _binding;
    private readonly bool[] _active;
    private readonly ReadAheadDepth _depth;
    private readonly RowRing _rows;
    private readonly TranslationLanes _lanes;
    private bool _isAsked;
    private bool _isOnRow;
    private bool _ended;
    private bool _disposed;

    public ReadAheadCursor(
        DataViewRowCursor input,
        TranslationBinding binding,
        TranslationEngine engine,
        bool[] active,
        ReadAheadDepth depth
    )
    {
        (_input, _binding, _active, _depth) = (input, binding, active, depth);
        _rows = new(input, binding, active, engine.Settings.KeepAlpha, depth.Most);
        _lanes = new(engine);
    }

    public override DataViewSchema Schema => _binding.Output;

    public override long Position => _isOnRow ? _rows.Position : -1;

    public override long Batch => _isOnRow ? _rows.Batch : 0;

    public override bool MoveNext()
    {
        if (_ended || _disposed)
            return false;
        if (_isOnRow)
            _rows.Release();
        if (_rows.Count == 0 && _rows.Read() is { } image && _isAsked)
            Translate(image);
        _isOnRow = _rows.Count > 0;
        if (_isOnRow)
            return true;
        _ended = true;
        _rows.ThrowFailure();
        return false;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() =>
        (ref DataViewRowId id) =>
        {
            RequireRow();
            id = _rows.Id;
        };

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        ColumnAccess.Check(_active, column);
        return ColumnAccess.As<TValue>(
            column.Index == _binding.OutputIndex
                ? new ValueGetter<MLImage?>((ref MLImage? value) => value = Translated())
                : _rows.Column(column.Index).GetGetter(CurrentRow)
        );
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            (_disposed, _isOnRow) = (true, false);
            _lanes.Stop();
            while (_rows.Count > 0)
                _rows.Release();
            _input.Dispose();
        }
        base.Dispose(disposing);
    }

    private void RequireRow()
    {
        if (!_isOnRow)
            throw ColumnAccess.NotOnRow();
    }

    private int CurrentRow()
    {
        RequireRow();
        return _rows.Oldest;
    }

    // A new image, the caller's; null where the row has none.
    private MLImage? Translated()
    {
        RequireRow();
        var image = _rows.Image;
        if (_isAsked)
            ReadAhead();
        else
            Begin();
        return image.Result()?.ToMLImage();
    }

    // What may go together is read first: one image alone gets all threads.
    private void Begin()
    {
        _isAsked = true;
        _lanes.Add(_rows.Image);
        while (_rows.Count < _depth.Rows && _rows.Read() is { } image)
            _lanes.Add(image);
        _lanes.Alone = _rows.Count == 1;
        _lanes.Start();
    }

    // Whoever asked for one translation will ask for the next.
    private void ReadAhead()
    {
        if (_lanes.RanDry())
            _depth.Grow();
        while (_rows.Count < _depth.Rows && _rows.Read() is { } image)
            Translate(image);
    }

    private void Translate(RowImage image)
    {
        _lanes.Add(image);
        _lanes.Start();
    }
}
