using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Weights;

/// <summary>The values that a pickle works on: a stack, and a memo of values that come again.</summary>
internal sealed class PickleStack(PickleBudget budget)
{
    /// <summary>Memory of a reference on the stack or in a list, with room for its growth.</summary>
    public const int SlotBytes = 16;

    private const int MemoBytes = 56;

    private static readonly object s_mark = new();

    private readonly List<object?> _values = [];
    private readonly Dictionary<uint, object?> _memo = [];

    /// <summary>How many values are remembered.</summary>
    public int Remembered => _memo.Count;

    /// <summary>Marks where a container begins.</summary>
    public void PushMark() => Push(s_mark, 0);

    /// <summary>Puts a value on top.</summary>
    /// <param name="value">The value.</param>
    /// <param name="bytes">The memory that it takes itself.</param>
    public void Push(object? value, int bytes)
    {
        budget.Make(bytes + SlotBytes);
        _values.Add(value);
    }

    /// <summary>Remembers the top value.</summary>
    public void Memoize(uint key)
    {
        budget.Make(MemoBytes);
        _memo[key] = Peek();
    }

    /// <summary>What was remembered.</summary>
    public object? Recall(uint key) =>
        _memo.TryGetValue(key, out var value)
            ? value
            : throw new FormatException($"Its pickle recalls memo {key}, which was not set.");

    /// <summary>The top value.</summary>
    public object? Peek() =>
        _values.Count > 0 && _values[^1] != s_mark
            ? _values[^1]
            : throw new FormatException("Its pickle takes a value from an empty stack.");

    /// <summary>Takes the top value.</summary>
    public object? Pop()
    {
        var value = Peek();
        _values.RemoveAt(_values.Count - 1);
        return value;
    }

    /// <summary>The top value as what it has to be.</summary>
    public T Top<T>(string expected)
        where T : class =>
        Peek() as T ?? throw new FormatException($"Its pickle expects {expected} where there is {Describe(Peek())}.");

    /// <summary>A value in messages.</summary>
    public static string Describe(object? value) =>
        value switch
        {
            null => "None",
            PickleList => "a list",
            PickleDictionary => "a dictionary",
            PickleTuple => "a tuple",
            string text when text.Length > 100 => $"'{text[..100]}...'",
            _ => $"'{value}'",
        };

    /// <summary>Replaces the top values by a tuple of them.</summary>
    public void PushTuple(int count)
    {
        budget.Copy(count, SlotBytes);
        var items = new object?[count];
        for (int i = count - 1; i >= 0; i--)
            items[i] = Pop();
        Push(new PickleTuple(items), PickleReader.TupleBytes);
    }

    /// <summary>Takes the values above the last mark, and the mark.</summary>
    public object?[] PopToMark()
    {
        int mark = _values.LastIndexOf(s_mark);
        if (mark < 0)
            throw new FormatException("Its pickle closes a container that was not opened.");
        int count = _values.Count - mark - 1;
        budget.Copy(count, SlotBytes);
        var items = CollectionsMarshal.AsSpan(_values).Slice(mark + 1, count).ToArray();
        _values.RemoveRange(mark, _values.Count - mark);
        return items;
    }
}
