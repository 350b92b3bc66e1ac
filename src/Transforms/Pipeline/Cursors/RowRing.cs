using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// The rows that a cursor holds, the oldest first: where they were, the values of the columns asked for, and the
/// images.
/// </summary>
internal sealed class RowRing
{
    private readonly DataViewRowCursor _input;
    private readonly SourceGetter _image;
    private readonly ColumnBuffer?[] _columns;
    private readonly ValueGetter<DataViewRowId> _idGetter;
    private readonly long[] _positions;
    private readonly long[] _batches;
    private readonly DataViewRowId[] _ids;
    private readonly RowImage?[] _images;
    private ExceptionDispatchInfo? _failure;
    private int _first;

    /// <param name="input">Where rows come from.</param>
    /// <param name="binding">Its columns.</param>
    /// <param name="active">The columns asked for.</param>
    /// <param name="keepAlpha">Whether images keep their alpha.</param>
    /// <param name="most">The most rows to hold.</param>
    public RowRing(DataViewRowCursor input, TranslationBinding binding, bool[] active, bool keepAlpha, int most)
    {
        _input = input;
        _image = SourceGetter.Ahead(input, binding, keepAlpha);
        (_positions, _batches, _ids) = (new long[most], new long[most], new DataViewRowId[most]);
        _images = new RowImage[most];
        _idGetter = input.GetIdGetter();
        _columns = new ColumnBuffer[binding.OutputIndex];
        for (int i = 0; i < _columns.Length; i++)
            if (active[i])
                _columns[i] = ColumnBuffer.Create(input, binding.Input[i], most);
    }

    /// <summary>How many rows it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the input has no more rows, or failed.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Where the oldest row is among the values of a column.</summary>
    public int Oldest => Count > 0 ? _first : throw ColumnAccess.NotOnRow();

    public long Position => _positions[Oldest];

    public long Batch => _batches[Oldest];

    public DataViewRowId Id => _ids[Oldest];

    /// <summary>The image of the oldest row.</summary>
    public RowImage Image => _images[Oldest]!;

    /// <summary>The values of a column that was asked for.</summary>
    public ColumnBuffer Column(int index) => _columns[index]!;

    /// <summary>Reads the input's next row and returns its image; null where there is none.</summary>
    public RowImage? Read()
    {
        if (HasEnded)
            return null;
        int row = (_first + Count) % _ids.Length;
        try
        {
            if (!_input.MoveNext())
            {
                HasEnded = true;
                return null;
            }
            (_positions[row], _batches[row]) = (_input.Position, _input.Batch);
            _idGetter(ref _ids[row]);
        }
        catch (Exception exception)
        {
            // The rows before it are good; they are served first.
            _failure = ExceptionDispatchInfo.Capture(exception);
            HasEnded = true;
            return null;
        }
        foreach (var column in _columns)
            column?.Read(row);
        Count++;
        return _images[row] = RowImage.Read(_image);
    }

    /// <summary>Forgets the oldest row.</summary>
    public void Release()
    {
        if (Count == 0)
            return;
        foreach (var column in _columns)
            column?.Release(_first);
        _images[_first] = null;
        _first = (_first + 1) % _ids.Length;
        Count--;
    }

    /// <summary>Throws what the input threw after the last row, if it did.</summary>
    public void ThrowFailure() => _failure?.Throw();
}
