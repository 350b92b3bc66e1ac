using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// Reads one pickle (protocols 2 to 5) as plain data: numbers, strings, lists, tuples, dictionaries, tensors, and
/// objects that are read past (<see cref="PickleGlobals"/>). It is a loop over a stack of its own, so nesting cannot
/// overflow. Every length is checked against the bytes that are left before memory is taken, and all memory and work
/// is charged to a budget.
/// </summary>
internal sealed class PickleReader(Stream stream, PickleBudget budget)
{
    /// <summary>Memory of an empty list or dictionary.</summary>
    public const int ContainerBytes = 64;

    /// <summary>Memory of an empty tuple.</summary>
    public const int TupleBytes = 48;

    /// <summary>Memory of a dictionary's entry, with room for its growth.</summary>
    public const int EntryBytes = 32;

    // A reference on the stack or in a list, with room for its growth.
    private const int SlotBytes = 16,
        NumberBytes = 24,
        TextBytes = 24,
        MemoBytes = 56,
        StorageBytes = 128,
        LongestKey = 256;

    private static readonly UTF8Encoding s_utf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );
    private static readonly object s_mark = new(),
        s_true = true,
        s_false = false;

    private readonly List<object?> _stack = [];
    private readonly Dictionary<uint, object?> _memo = [];
    private readonly Dictionary<string, TorchStorage> _storages = [];
    private byte[] _buffer = new byte[256];

    /// <summary>The storages that were mentioned, by key.</summary>
    public IReadOnlyDictionary<string, TorchStorage> Storages => _storages;

    /// <summary>Reads up to and with the STOP operation.</summary>
    /// <exception cref="FormatException">The pickle is malformed, or does something that reading tensors does not need;
    /// the message names it.</exception>
    public object? Read()
    {
        for (int code; (code = Byte()) != '.'; )
        {
            budget.Work(1);
            Execute(code);
        }
        return Pop();
    }

    private void Execute(int code)
    {
        switch (code)
        {
            case 0x80:
                CheckProtocol(Byte());
                break;
            case 0x95:
                Bytes(8);
                break;
            case 'N':
                Push(null, 0);
                break;
            case 0x88:
                Push(s_true, 0);
                break;
            case 0x89:
                Push(s_false, 0);
                break;
            case 'J':
                Push((long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(4)), NumberBytes);
                break;
            case 'K':
                Push((long)Byte(), NumberBytes);
                break;
            case 'M':
                Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2)), NumberBytes);
                break;
            case 0x8a:
                PushLong(Byte());
                break;
            case 0x8b:
                PushLong(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4)));
                break;
            case 'G':
                Push(BinaryPrimitives.ReadDoubleBigEndian(Bytes(8)), NumberBytes);
                break;
            case 'X':
                PushText(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4)));
                break;
            case 0x8c:
                PushText(Byte());
                break;
            case 'C':
                PushBytes(Byte());
                break;
            case 'B':
                PushBytes(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4)));
                break;
            case 0x8d:
                PushText(Length());
                break;
            case 0x8e or 0x96:
                PushBytes(Length());
                break;
            // Strings of Python 2.
            case 'U':
                PushText(Byte());
                break;
            case 'T':
                PushText(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4)));
                break;
            // A set is a list here: nobody looks anything up in it.
            case ']' or 0x8f:
                Push(new PickleList(), ContainerBytes);
                break;
            case '}':
                Push(new PickleDictionary(), ContainerBytes);
                break;
            case ')':
                Push(new PickleTuple([]), TupleBytes);
                break;
            case '(':
                Push(s_mark, 0);
                break;
            case 't' or 0x91:
                Push(new PickleTuple(PopToMark()), TupleBytes);
                break;
            case 0x85:
                PushTuple(1);
                break;
            case 0x86:
                PushTuple(2);
                break;
            case 0x87:
                PushTuple(3);
                break;
            case 'a':
            {
                var item = Pop();
                Append([item]);
                break;
            }
            case 'e' or 0x90:
            {
                var items = PopToMark();
                Append(items);
                break;
            }
            case 's':
            {
                var value = Pop();
                var key = Pop();
                SetItems([key, value]);
                break;
            }
            case 'u':
                SetItems(PopToMark());
                break;
            case 'q':
                Memoize((uint)Byte());
                break;
            case 'r':
                Memoize(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4)));
                break;
            case 0x94:
                Memoize((uint)_memo.Count);
                break;
            case 'h':
                Push(Recall((uint)Byte()), 0);
                break;
            case 'j':
                Push(Recall(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4))), 0);
                break;
            case 'c':
                PushGlobal(Line(), Line());
                break;
            case 0x93:
            {
                var name = Pop();
                var module = Pop();
                PushGlobal(module as string ?? "?", name as string ?? "?");
                break;
            }
            // NEWOBJ calls a class as REDUCE calls a function.
            case 'R' or 0x81:
            {
                var arguments = Pop();
                Call(Pop(), arguments);
                break;
            }
            // NEWOBJ_EX: the same with named arguments, which no tensor is made with.
            case 0x92:
            {
                Pop();
                var arguments = Pop();
                Call(Pop(), arguments);
                break;
            }
            case 'Q':
                Push(Storage(Pop()), StorageBytes);
                break;
            case 'b':
                Build();
                break;
            case '0':
                Pop();
                break;
            case '2':
                Push(Peek(), 0);
                break;
            default:
                throw new FormatException(
                    $"Its pickle uses operation {PickleOperationNames.Of(code)}, which saved tensors do not need."
                );
        }
    }

    private static void CheckProtocol(int version)
    {
        if (version is < 2 or > 5)
            throw new FormatException($"Its pickle has protocol {version}; expected 2 to 5.");
    }

    private void Push(object? value, int bytes)
    {
        budget.Make(bytes + SlotBytes);
        _stack.Add(value);
    }

    private void PushLong(long length)
    {
        // Longer than any number that a checkpoint has; converting it would take the square of its length.
        if (length > 4096)
            throw new FormatException($"Its pickle has a number of {length} bytes.");
        var value = new BigInteger(Bytes(length));
        Push(value >= long.MinValue && value <= long.MaxValue ? (long)value : (object)value, NumberBytes + (int)length);
    }

    private void PushBytes(long length)
    {
        Skip(length);
        Push(PickleBytes.Instance, 0);
    }

    private void PushText(long length)
    {
        var bytes = Bytes(length);
        budget.Make(TextBytes + 2 * length);
        try
        {
            Push(s_utf8.GetString(bytes), 0);
        }
        catch (DecoderFallbackException exception)
        {
            throw new FormatException("Its pickle has a string that is not UTF-8.", exception);
        }
    }

    private void PushGlobal(string module, string name)
    {
        var global = PickleGlobals.Find(module, name);
        Push(global, NumberBytes + 2 * TextBytes + 2 * Math.Min(module.Length, 256) + 2 * Math.Min(name.Length, 256));
    }

    private void Call(object? function, object? arguments) =>
        Push(
            PickleGlobals.Call(
                function,
                (arguments as PickleTuple)?.Items
                    ?? throw new FormatException(
                        $"Its pickle calls {Describe(function)} without a tuple of arguments."
                    ),
                budget
            ),
            0
        );

    private void Memoize(uint key)
    {
        budget.Make(MemoBytes);
        _memo[key] = Peek();
    }

    // An OrderedDict's attributes (a state dict's _metadata: versions of modules) are not needed.
    private void Build()
    {
        var state = Pop();
        if (Peek() is PickleObject value)
            value.State = state;
        else
            Top<PickleDictionary>("an OrderedDict");
    }

    private void Append(ReadOnlySpan<object?> items)
    {
        var list = Peek() is PickleObject value ? value.NeedItems() : Top<PickleList>("a list");
        budget.Copy(items.Length, SlotBytes);
        list.AddRange(items);
    }

    private void SetItems(ReadOnlySpan<object?> items)
    {
        if (items.Length % 2 != 0)
            throw new FormatException("Its pickle has a dictionary with a key that has no value.");
        var dictionary = Peek() is PickleObject value ? value.NeedEntries() : Top<PickleDictionary>("a dictionary");
        budget.Copy(items.Length / 2, EntryBytes);
        for (int i = 0; i < items.Length; i += 2)
            dictionary.Items.Add(new(items[i], items[i + 1]));
    }

    // ('storage', type, key, location, count), and a view of another storage in very old files.
    private object Storage(object? id)
    {
        switch (id)
        {
            // A module in the older format: its class, its source file, its source.
            case PickleTuple { Items: ["module", PickleGlobal type, ..] }:
                return type;
            case PickleTuple { Items: ["storage", PickleGlobal type, ..] items }
                when !PickleGlobals.TryStorageType(type, out _):
                return PickleGlobals.Unknown(type.ToString(), items, budget);
            case PickleTuple { Items: ["storage", var type, string key, _, long count, .. var view] }
                when PickleGlobals.TryStorageType(type, out var element):
                if (view is [not null, ..])
                    throw new FormatException(
                        $"Storage '{key}' is a view of another storage: save the file with a PyTorch of 0.4 or newer."
                    );
                return Storage(key, element, count);
            default:
                throw new FormatException("Its pickle has a persistent id that is not a storage.");
        }
    }

    private TorchStorage Storage(string key, ElementType element, long count)
    {
        if (key.Length > LongestKey)
            throw new FormatException($"Its pickle has a storage with a name of {key.Length} characters.");
        if (count < 0 || count > long.MaxValue / element.Size())
            throw new FormatException($"Storage '{key}' has {count} values.");
        var storage = new TorchStorage(key, element, count);
        if (_storages.TryAdd(key, storage) || _storages[key] == storage)
            return storage;
        throw new FormatException(
            $"Storage '{key}' is said to be {element} with {count} values and {_storages[key].Type} with "
                + $"{_storages[key].Count}."
        );
    }

    private object? Recall(uint key) =>
        _memo.TryGetValue(key, out var value)
            ? value
            : throw new FormatException($"Its pickle recalls memo {key}, which was not set.");

    private object? Peek() =>
        _stack.Count > 0 && _stack[^1] != s_mark
            ? _stack[^1]
            : throw new FormatException("Its pickle takes a value from an empty stack.");

    private object? Pop()
    {
        var value = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private T Top<T>(string expected)
        where T : class =>
        Peek() as T ?? throw new FormatException($"Its pickle expects {expected} where there is {Describe(Peek())}.");

    private static string Describe(object? value) =>
        value switch
        {
            null => "None",
            PickleList => "a list",
            PickleDictionary => "a dictionary",
            PickleTuple => "a tuple",
            string text when text.Length > 100 => $"'{text[..100]}...'",
            _ => $"'{value}'",
        };

    private void PushTuple(int count)
    {
        budget.Copy(count, SlotBytes);
        var items = new object?[count];
        for (int i = count - 1; i >= 0; i--)
            items[i] = Pop();
        Push(new PickleTuple(items), TupleBytes);
    }

    private object?[] PopToMark()
    {
        int mark = _stack.LastIndexOf(s_mark);
        if (mark < 0)
            throw new FormatException("Its pickle closes a container that was not opened.");
        int count = _stack.Count - mark - 1;
        budget.Copy(count, SlotBytes);
        var items = CollectionsMarshal.AsSpan(_stack).Slice(mark + 1, count).ToArray();
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private string Line()
    {
        var line = new StringBuilder();
        for (int next; (next = Byte()) != '\n'; )
        {
            if (line.Length >= 256)
                throw new FormatException($"Its pickle has a name of more than 256 characters: '{line}...'.");
            line.Append((char)next);
        }
        return line.ToString();
    }

    private int Byte()
    {
        int value = stream.ReadByte();
        if (value < 0)
            throw new FormatException("Its pickle ends too early.");
        budget.Read(1);
        return value;
    }

    private long Length()
    {
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));
        return (long)Math.Min(length, long.MaxValue);
    }

    // Valid until the next call.
    private ReadOnlySpan<byte> Bytes(long count)
    {
        CheckLeft(count);
        if (_buffer.Length < count)
            _buffer = new byte[(int)count];
        var bytes = _buffer.AsSpan(0, (int)count);
        stream.ReadExactly(bytes);
        return bytes;
    }

    private void Skip(long count)
    {
        CheckLeft(count);
        stream.Position += count;
    }

    private void CheckLeft(long count)
    {
        if (count > stream.Length - stream.Position)
            throw new FormatException(
                $"Its pickle has a value of {count} bytes where {stream.Length - stream.Position} are left."
            );
        budget.Read(count);
    }
}
