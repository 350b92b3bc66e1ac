using System.Buffers.Binary;
using System.Numerics;

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

    private const int NumberBytes = 24,
        StorageBytes = 128;

    private static readonly object s_true = true,
        s_false = false;

    private readonly PickleInput _input = new(stream, budget);
    private readonly PickleStack _stack = new(budget);
    private readonly PickleStorages _storages = new(budget);

    /// <summary>The storages that were mentioned, by key.</summary>
    public IReadOnlyDictionary<string, TorchStorage> Storages => _storages.All;

    /// <summary>Reads up to and with the STOP operation.</summary>
    /// <exception cref="FormatException">The pickle is malformed, or does something that reading tensors does not need;
    /// the message names it.</exception>
    public object? Read()
    {
        for (int code; (code = _input.Byte()) != '.'; )
        {
            budget.Work(1);
            Execute(code);
        }
        return _stack.Pop();
    }

    private void Execute(int code)
    {
        switch (code)
        {
            case 0x80:
                CheckProtocol(_input.Byte());
                break;
            case 0x95:
                _input.Bytes(8);
                break;
            case 'N':
                _stack.Push(null, 0);
                break;
            case 0x88:
                _stack.Push(s_true, 0);
                break;
            case 0x89:
                _stack.Push(s_false, 0);
                break;
            case 'J':
                _stack.Push((long)BinaryPrimitives.ReadInt32LittleEndian(_input.Bytes(4)), NumberBytes);
                break;
            case 'K':
                _stack.Push((long)_input.Byte(), NumberBytes);
                break;
            case 'M':
                _stack.Push((long)BinaryPrimitives.ReadUInt16LittleEndian(_input.Bytes(2)), NumberBytes);
                break;
            case 0x8a:
                PushLong(_input.Byte());
                break;
            case 0x8b:
                PushLong(BinaryPrimitives.ReadUInt32LittleEndian(_input.Bytes(4)));
                break;
            case 'G':
                _stack.Push(BinaryPrimitives.ReadDoubleBigEndian(_input.Bytes(8)), NumberBytes);
                break;
            case 'X':
                PushText(BinaryPrimitives.ReadUInt32LittleEndian(_input.Bytes(4)));
                break;
            case 0x8c:
                PushText(_input.Byte());
                break;
            case 'C':
                PushBytes(_input.Byte());
                break;
            case 'B':
                PushBytes(BinaryPrimitives.ReadUInt32LittleEndian(_input.Bytes(4)));
                break;
            case 0x8d:
                PushText(_input.Length());
                break;
            case 0x8e or 0x96:
                PushBytes(_input.Length());
                break;
            // Strings of Python 2.
            case 'U':
                PushText(_input.Byte());
                break;
            case 'T':
                PushText(BinaryPrimitives.ReadUInt32LittleEndian(_input.Bytes(4)));
                break;
            // A set is a list here: nobody looks anything up in it.
            case ']' or 0x8f:
                _stack.Push(new PickleList(), ContainerBytes);
                break;
            case '}':
                _stack.Push(new PickleDictionary(), ContainerBytes);
                break;
            case ')':
                _stack.Push(new PickleTuple([]), TupleBytes);
                break;
            case '(':
                _stack.PushMark();
                break;
            case 't' or 0x91:
                _stack.Push(new PickleTuple(_stack.PopToMark()), TupleBytes);
                break;
            case 0x85:
                _stack.PushTuple(1);
                break;
            case 0x86:
                _stack.PushTuple(2);
                break;
            case 0x87:
                _stack.PushTuple(3);
                break;
            case 'a':
            {
                var item = _stack.Pop();
                Append([item]);
                break;
            }
            case 'e' or 0x90:
            {
                var items = _stack.PopToMark();
                Append(items);
                break;
            }
            case 's':
            {
                var value = _stack.Pop();
                var key = _stack.Pop();
                SetItems([key, value]);
                break;
            }
            case 'u':
                SetItems(_stack.PopToMark());
                break;
            case 'q':
                _stack.Memoize((uint)_input.Byte());
                break;
            case 'r':
                _stack.Memoize(BinaryPrimitives.ReadUInt32LittleEndian(_input.Bytes(4)));
                break;
            case 0x94:
                _stack.Memoize((uint)_stack.Remembered);
                break;
            case 'h':
                _stack.Push(_stack.Recall((uint)_input.Byte()), 0);
                break;
            case 'j':
                _stack.Push(_stack.Recall(BinaryPrimitives.ReadUInt32LittleEndian(_input.Bytes(4))), 0);
                break;
            case 'c':
                PushGlobal(_input.Line(), _input.Line());
                break;
            case 0x93:
            {
                var name = _stack.Pop();
                var module = _stack.Pop();
                PushGlobal(module as string ?? "?", name as string ?? "?");
                break;
            }
            // NEWOBJ calls a class as REDUCE calls a function.
            case 'R' or 0x81:
            {
                var arguments = _stack.Pop();
                Call(_stack.Pop(), arguments);
                break;
            }
            // NEWOBJ_EX: the same with named arguments, which no tensor is made with.
            case 0x92:
            {
                _stack.Pop();
                var arguments = _stack.Pop();
                Call(_stack.Pop(), arguments);
                break;
            }
            case 'Q':
                _stack.Push(_storages.Find(_stack.Pop()), StorageBytes);
                break;
            case 'b':
                Build();
                break;
            case '0':
                _stack.Pop();
                break;
            case '2':
                _stack.Push(_stack.Peek(), 0);
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

    private void PushLong(long length)
    {
        // Longer than any number that a checkpoint has; converting it would take the square of its length.
        if (length > 4096)
            throw new FormatException($"Its pickle has a number of {length} bytes.");
        var value = new BigInteger(_input.Bytes(length));
        _stack.Push(
            value >= long.MinValue && value <= long.MaxValue ? (long)value : (object)value,
            NumberBytes + (int)length
        );
    }

    private void PushBytes(long length)
    {
        _input.Skip(length);
        _stack.Push(PickleBytes.Instance, 0);
    }

    private void PushText(long length) => _stack.Push(_input.Text(length), 0);

    private void PushGlobal(string module, string name)
    {
        var global = PickleGlobals.Find(module, name);
        _stack.Push(
            global,
            NumberBytes + 2 * PickleInput.TextBytes + 2 * Math.Min(module.Length, 256) + 2 * Math.Min(name.Length, 256)
        );
    }

    private void Call(object? function, object? arguments) =>
        _stack.Push(
            PickleGlobals.Call(
                function,
                (arguments as PickleTuple)?.Items
                    ?? throw new FormatException(
                        $"Its pickle calls {PickleStack.Describe(function)} without a tuple of arguments."
                    ),
                budget
            ),
            0
        );

    // An OrderedDict's attributes (a state dict's _metadata: versions of modules) are not needed.
    private void Build()
    {
        var state = _stack.Pop();
        if (_stack.Peek() is PickleObject value)
            value.State = state;
        else
            _stack.Top<PickleDictionary>("an OrderedDict");
    }

    private void Append(ReadOnlySpan<object?> items)
    {
        var list = _stack.Peek() is PickleObject value ? value.NeedItems() : _stack.Top<PickleList>("a list");
        budget.Copy(items.Length, PickleStack.SlotBytes);
        list.AddRange(items);
    }

    private void SetItems(ReadOnlySpan<object?> items)
    {
        if (items.Length % 2 != 0)
            throw new FormatException("Its pickle has a dictionary with a key that has no value.");
        var dictionary = _stack.Peek() is PickleObject value
            ? value.NeedEntries()
            : _stack.Top<PickleDictionary>("a dictionary");
        budget.Copy(items.Length / 2, EntryBytes);
        for (int i = 0; i < items.Length; i += 2)
            dictionary.Items.Add(new(items[i], items[i + 1]));
    }
}
