using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// Reads one pickle (protocols 2 to 5) as plain data: numbers, strings, lists, tuples, dictionaries, and tensors as
/// <see cref="PickleGlobals"/> knows them. It is a loop over a stack of our own, so nesting cannot overflow; every
/// length is checked against the bytes that are left before anything is allocated.
/// </summary>
internal sealed class PickleReader(Stream stream)
{
    // A state dict of a thousand tensors has about 20,000 operations and 200 kilobytes.
    private const int MaximumOperations = 4_000_000,
        MaximumBytes = 64 << 20;

    private static readonly UTF8Encoding s_utf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );
    private static readonly object s_mark = new();

    private readonly List<object?> _stack = [];
    private readonly Dictionary<uint, object?> _memo = [];
    private readonly Dictionary<string, TorchStorage> _storages = [];
    private int _bytes;

    /// <summary>The storages that were mentioned, by key.</summary>
    public IReadOnlyDictionary<string, TorchStorage> Storages => _storages;

    /// <summary>Reads up to and with the STOP operation.</summary>
    /// <exception cref="FormatException">The pickle is malformed, or does something that reading tensors does not need;
    /// the message names it.</exception>
    public object? Read()
    {
        for (int operations = 0; operations < MaximumOperations; operations++)
        {
            int code = Byte();
            if (code == '.')
                return Pop();
            Execute(code);
        }
        throw new FormatException($"Its pickle has more than {MaximumOperations} operations.");
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
                _stack.Add(null);
                break;
            case 0x88:
                _stack.Add(true);
                break;
            case 0x89:
                _stack.Add(false);
                break;
            case 'J':
                _stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(4)));
                break;
            case 'K':
                _stack.Add((long)Byte());
                break;
            case 'M':
                _stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2)));
                break;
            case 0x8a:
                _stack.Add(Long(Bytes(Byte())));
                break;
            case 'G':
                _stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Bytes(8)));
                break;
            case 'X':
                _stack.Add(Text(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4))));
                break;
            case 0x8c:
                _stack.Add(Text((uint)Byte()));
                break;
            case 'C':
                Bytes(Byte());
                _stack.Add(new PickleInert("bytes"));
                break;
            case 'B':
                Bytes(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4)));
                _stack.Add(new PickleInert("bytes"));
                break;
            // Strings of Python 2.
            case 'U':
                _stack.Add(Text((uint)Byte()));
                break;
            case 'T':
                _stack.Add(Text(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4))));
                break;
            // A set is a list here: nobody looks anything up in it.
            case ']' or 0x8f:
                _stack.Add(new PickleList());
                break;
            case '}':
                _stack.Add(new PickleDictionary());
                break;
            case ')':
                _stack.Add(new PickleTuple([]));
                break;
            case '(':
                _stack.Add(s_mark);
                break;
            case 't' or 0x91:
                _stack.Add(new PickleTuple(PopToMark()));
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
                Top<PickleList>("a list").Add(item);
                break;
            }
            case 'e' or 0x90:
            {
                var items = PopToMark();
                Top<PickleList>("a list").AddRange(items);
                break;
            }
            case 's':
            {
                var value = Pop();
                var key = Pop();
                Top<PickleDictionary>("a dictionary").Items.Add(new(key, value));
                break;
            }
            case 'u':
                SetItems(PopToMark());
                break;
            case 'q':
                _memo[(uint)Byte()] = Peek();
                break;
            case 'r':
                _memo[BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4))] = Peek();
                break;
            case 0x94:
                _memo[(uint)_memo.Count] = Peek();
                break;
            case 'h':
                _stack.Add(Recall((uint)Byte()));
                break;
            case 'j':
                _stack.Add(Recall(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4))));
                break;
            case 'c':
                _stack.Add(PickleGlobals.Find(Line(), Line()));
                break;
            case 0x93:
            {
                var name = Pop();
                var module = Pop();
                _stack.Add(PickleGlobals.Find(module as string ?? "?", name as string ?? "?"));
                break;
            }
            // NEWOBJ calls a class as REDUCE calls a function.
            case 'R' or 0x81:
            {
                var arguments = Pop();
                var function = Pop();
                _stack.Add(
                    PickleGlobals.Call(
                        function,
                        (arguments as PickleTuple)?.Items
                            ?? throw new FormatException($"Its pickle calls '{function}' without a tuple of arguments.")
                    )
                );
                break;
            }
            case 'Q':
                _stack.Add(Storage(Pop()));
                break;
            case 'b':
                Build();
                break;
            case '0':
                Pop();
                break;
            case '2':
                _stack.Add(Peek());
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

    // An OrderedDict's attributes (a state dict's _metadata: versions of modules) are not needed.
    private void Build()
    {
        Pop();
        if (Peek() is not PickleInert)
            Top<PickleDictionary>("an OrderedDict");
    }

    private void SetItems(object?[] items)
    {
        if (items.Length % 2 != 0)
            throw new FormatException("Its pickle has a dictionary with a key that has no value.");
        var dictionary = Top<PickleDictionary>("a dictionary");
        for (int i = 0; i < items.Length; i += 2)
            dictionary.Items.Add(new(items[i], items[i + 1]));
    }

    // ('storage', type, key, location, count), and a view of another storage in very old files.
    private TorchStorage Storage(object? id)
    {
        if (
            id is not PickleTuple { Items: ["storage", var type, string key, _, long count, .. var view] }
            || !PickleGlobals.TryStorageType(type, out var element)
        )
            throw new FormatException("Its pickle has a persistent id that is not a storage.");
        if (view is [not null, ..])
            throw new FormatException(
                $"Storage '{key}' is a view of another storage: save the file with a PyTorch of 0.4 or newer."
            );
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

    private static object Long(ReadOnlySpan<byte> bytes)
    {
        var value = new BigInteger(bytes);
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
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
            _ => $"'{value}'",
        };

    private void PushTuple(int count)
    {
        var items = new object?[count];
        for (int i = count - 1; i >= 0; i--)
            items[i] = Pop();
        _stack.Add(new PickleTuple(items));
    }

    private object?[] PopToMark()
    {
        int mark = _stack.LastIndexOf(s_mark);
        if (mark < 0)
            throw new FormatException("Its pickle closes a container that was not opened.");
        object?[] items = [.. _stack[(mark + 1)..]];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private string Text(uint length)
    {
        try
        {
            return s_utf8.GetString(Bytes(length));
        }
        catch (DecoderFallbackException exception)
        {
            throw new FormatException("Its pickle has a string that is not UTF-8.", exception);
        }
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
        Count(1);
        return value;
    }

    private byte[] Bytes(long count)
    {
        if (count > stream.Length - stream.Position)
            throw new FormatException(
                $"Its pickle has a value of {count} bytes where {stream.Length - stream.Position} are left."
            );
        Count(count);
        var bytes = new byte[(int)count];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private void Count(long bytes)
    {
        if (_bytes + bytes > MaximumBytes)
            throw new FormatException($"Its pickle has more than {MaximumBytes >> 20} megabytes.");
        _bytes += (int)bytes;
    }
}
