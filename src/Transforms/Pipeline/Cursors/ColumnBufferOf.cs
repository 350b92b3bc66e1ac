using System.Runtime.ExceptionServices;
using Microsoft.ML;

namespace MlNetImageTranslation.Transforms;

/// <summary>A <see cref="ColumnBuffer"/> for values of type <typeparamref name="T"/>.</summary>
internal abstract class ColumnBufferOf<T>(DataViewRow row, DataViewSchema.Column column, int rows) : ColumnBuffer
{
    private readonly ValueGetter<T> _getter = row.GetGetter<T>(column);
    private readonly T[] _values = new T[rows];
    private readonly ExceptionDispatchInfo?[] _failures = new ExceptionDispatchInfo[rows];

    public override void Read(int row)
    {
        try
        {
            Take(_getter, ref _values[row]);
        }
        catch (Exception exception)
        {
            _failures[row] = ExceptionDispatchInfo.Capture(exception);
        }
    }

    public override void Release(int row)
    {
        Release(ref _values[row]);
        _failures[row] = null;
    }

    public override Delegate GetGetter(Func<int> current) =>
        new ValueGetter<T>(
            (ref T value) =>
            {
                int row = current();
                _failures[row]?.Throw();
                Give(_values[row], ref value);
            }
        );

    /// <summary>Reads into a row of the buffer.</summary>
    protected abstract void Take(ValueGetter<T> getter, ref T kept);

    /// <summary>Copies from the buffer to a reader.</summary>
    protected abstract void Give(in T kept, ref T value);

    /// <summary>Forgets a value.</summary>
    protected virtual void Release(ref T kept) { }
}
