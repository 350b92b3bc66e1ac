using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Reads rows ahead, translates them as one batch when the first of them is asked for, and serves them in order. The other columns asked for are carried along.
/// What fails for one row fails when that row's value is asked for, not before.
/// </summary>
internal sealed class ReadAheadCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _input;
    private readonly TranslationBinding _binding;
    private readonly bool[] _active;
    private readonly ColumnBuffer?[] _columns;
    private readonly PictureBatch _pictures;
    private readonly ValueGetter<DataViewRowId> _idGetter;
    private readonly long[] _positions;
    private readonly long[] _batches;
    private readonly DataViewRowId[] _ids;
    private int _count;
    private int _current = -1;
    private ExceptionDispatchInfo? _failure;
    private bool _ended;
    private bool _disposed;

    public ReadAheadCursor(DataViewRowCursor input, TranslationBinding binding, TranslationEngine engine, bool[] active, int rows)
    {
        (_input, _binding, _active) = (input, binding, active);
        (_positions, _batches, _ids) = (new long[rows], new long[rows], new DataViewRowId[rows]);
        _idGetter = input.GetIdGetter();
        _pictures = new(new(input, binding.InputColumn), engine, rows);
        _columns = new ColumnBuffer[binding.OutputIndex];
        for (int i = 0; i < _columns.Length; i++)
            if (active[i]) _columns[i] = ColumnBuffer.Create(input, binding.Input[i], rows);
    }

    public override DataViewSchema Schema => _binding.Output;

    public override long Position => _current < 0 ? -1 : _positions[_current];

    public override long Batch => _current < 0 ? 0 : _batches[_current];

    public override bool MoveNext()
    {
        if (_ended || _disposed) return false;
        if (++_current < _count) return true;
        _current = -1;
        _failure?.Throw();
        Fill();
        if (_count == 0)
        {
            _failure?.Throw();
            _ended = true;
            return false;
        }
        _current = 0;
        return true;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = _ids[Row()];

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        ColumnAccess.Check(_active, column);
        return ColumnAccess.As<TValue>(column.Index == _binding.OutputIndex
            ? new ValueGetter<MLImage?>((ref MLImage? value) => value = _pictures.Translated(Row()))
            : _columns[column.Index]!.GetGetter(Row));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            (_disposed, _current, _count) = (true, -1, 0);
            foreach (var column in _columns) column?.Clear();
            _input.Dispose();
        }
        base.Dispose(disposing);
    }

    private int Row() => _current >= 0 ? _current : throw ColumnAccess.NotOnRow();

    private void Fill()
    {
        foreach (var column in _columns) column?.Clear();
        _count = 0;
        _pictures.Clear();
        try
        {
            while (_count < _positions.Length && _input.MoveNext())
            {
                (_positions[_count], _batches[_count]) = (_input.Position, _input.Batch);
                _idGetter(ref _ids[_count]);
                foreach (var column in _columns) column?.Read(_count);
                _pictures.Read(_count);
                _count++;
            }
        }
        catch (Exception exception)
        {
            // The rows before it are good; they are served first.
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
    }
}
