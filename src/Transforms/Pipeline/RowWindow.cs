using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Rows that were read together: where they were, the values of the columns asked for, and the images to translate.
/// </summary>
internal sealed class RowWindow
{
    private readonly DataViewRowCursor _input;
    private readonly ColumnBuffer?[] _columns;
    private readonly ValueGetter<DataViewRowId> _idGetter;
    private readonly long[] _positions;
    private readonly long[] _batches;
    private readonly DataViewRowId[] _ids;
    private ExceptionDispatchInfo? _failure;

    public RowWindow(
        DataViewRowCursor input,
        TranslationBinding binding,
        TranslationEngine engine,
        bool[] active,
        int rows
    )
    {
        _input = input;
        (_positions, _batches, _ids) = (new long[rows], new long[rows], new DataViewRowId[rows]);
        _idGetter = input.GetIdGetter();
        Images = new(new(input, binding, engine.Settings.KeepAlpha), engine, rows);
        _columns = new ColumnBuffer[binding.OutputIndex];
        for (int i = 0; i < _columns.Length; i++)
            if (active[i])
                _columns[i] = ColumnBuffer.Create(input, binding.Input[i], rows);
    }

    /// <summary>The images of the translated column.</summary>
    public ImageBatch Images { get; }

    /// <summary>How many rows were read.</summary>
    public int Count { get; private set; }

    /// <summary>Whether rows were read (none, perhaps) and are still to be served.</summary>
    public bool IsFilled { get; private set; }

    /// <summary>Whether the input failed after these rows.</summary>
    public bool HasFailed => _failure is not null;

    public long Position(int row) => _positions[row];

    public long Batch(int row) => _batches[row];

    public DataViewRowId Id(int row) => _ids[row];

    /// <summary>The buffer of a column that was asked for.</summary>
    public ColumnBuffer Column(int index) => _columns[index]!;

    /// <summary>Reads the next rows of the input, at most so many.</summary>
    public void Fill(int rows)
    {
        IsFilled = true;
        try
        {
            while (Count < rows && _input.MoveNext())
            {
                (_positions[Count], _batches[Count]) = (_input.Position, _input.Batch);
                _idGetter(ref _ids[Count]);
                foreach (var column in _columns)
                    column?.Read(Count);
                Images.Read(Count);
                Count++;
            }
        }
        catch (Exception exception)
        {
            // The rows before it are good; they are served first.
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
    }

    /// <summary>Throws what the input threw after these rows, if it did.</summary>
    public void ThrowFailure() => _failure?.Throw();

    /// <summary>Forgets the rows, when nothing works on them any more.</summary>
    public void Clear()
    {
        foreach (var column in _columns)
            column?.Clear();
        Images.Clear();
        (Count, IsFilled) = (0, false);
    }
}
