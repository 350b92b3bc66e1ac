using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Weights.Tests;

/// <summary>
/// Small files that ask for much memory or work, whether they keep what they make or drop it. What was spent is read
/// from the budget's counters and the runtime's count of bytes allocated, not from a clock.
/// </summary>
public sealed class PickleBombTests
{
    private const string Memory = "bytes of memory";

    private static readonly Dictionary<string, (Func<byte[]> Pickle, string Message)> s_bombs = new()
    {
        ["sizes of a list"] = (() => Sizes(20_000, keep: true), Memory),
        ["dropped sizes of a list"] = (() => Sizes(600_000, keep: false), Memory),
        ["dictionaries of a list"] = (() => Pairs(20_000, keep: true), Memory),
        ["dropped dictionaries of a list"] = (() => Pairs(300_000, keep: false), Memory),
        ["empty dictionaries"] = (() => new PickleWriter().Op(Repeated("}"u8, 2_000_000)).ToPickle(), Memory),
        ["empty lists, dropped"] = (() => new PickleWriter().Op(Repeated("]0"u8, 4_000_000)).ToPickle(), Memory),
        ["memo"] = (() => Memo(1_000_000), ""),
        ["long keys of storages"] = (() => LongStorageKeys(100_000), "1000000 characters"),
        ["one long key in many dictionaries"] = (() => OneKey(1_000_000, 600_000), ""),
        ["one key in many dictionaries"] = (() => OneKey(1_000, 600_000), Memory),
        ["many dictionaries of tensors"] = (() => OneKey(10, 60_000, padding: 60), "dictionaries of tensors"),
        ["one path to many lists"] = (() => LongPaths(80_000), ""),
    };

    public static TheoryData<string> Names => [.. s_bombs.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Costs_a_small_multiple_of_its_size(string name)
    {
        var (make, message) = s_bombs[name];
        var file = PickleWriter.Zip(
            System.IO.Compression.CompressionLevel.NoCompression,
            ("archive/data.pkl", make()),
            ("archive/data/0", new byte[4])
        );
        Safely.Import(file, name);

        long before = GC.GetAllocatedBytesForCurrentThread();
        var (budget, exception) = Read(file);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(message.Length > 0, exception is not null);
        Assert.Contains(message, exception?.Message ?? "");
        Assert.InRange(budget.BytesMade, 0, (16 << 20) + 32L * file.Length);
        Assert.InRange(budget.Steps, 0, 4_000_000 + 16L * file.Length);
        // The budget is an estimate; what the runtime counts includes what lists left behind when they grew.
        Assert.InRange(allocated, 0, 2 * budget.BytesMade + 4L * file.Length + (1 << 20));
    }

    [Fact]
    public void Real_checkpoints_stay_far_below_their_budget()
    {
        var pickle = new PickleWriter().Op('}').Op('q', 0);
        for (int i = 0; i < 20_000; i++)
            pickle.Text($"layers.{i}.weight").Tensor("0", 16, 0, [4, 1, 2, 2], [4, 4, 2, 1]).Op('s');
        using var file = TorchFile.Open(new MemoryStream(pickle.ToFile(64)));
        Assert.Equal(20_000, Assert.Single(TorchTree.Of(file).Weights).Tensors.Count);
        Assert.InRange(file.Budget.BytesMade, 0, PickleBudget.BytesPerByteRead * file.Budget.BytesRead / 2);
        Assert.InRange(file.Budget.Steps, 0, PickleBudget.StepsPerByteRead * file.Budget.BytesRead / 4);
    }

    private static (PickleBudget Budget, FormatException? Exception) Read(byte[] file)
    {
        var budget = new PickleBudget();
        try
        {
            using var opened = TorchFile.Open(new MemoryStream(file), budget);
            TorchTree.Of(opened);
            return (budget, null);
        }
        catch (FormatException exception)
        {
            return (budget, exception);
        }
    }

    private static byte[] Repeated(ReadOnlySpan<byte> operations, int times)
    {
        var bytes = new byte[operations.Length * times];
        for (int i = 0; i < times; i++)
            operations.CopyTo(bytes.AsSpan(i * operations.Length));
        return bytes;
    }

    // A list, then calls that copy it.
    private static byte[] Sizes(int times, bool keep) =>
        new PickleWriter()
            .Op(']')
            .Op('q', 0)
            .Op('(')
            .Op(Repeated("N"u8, 20_000))
            .Op('e')
            .Global("torch", "Size")
            .Op('q', 1)
            .Op(Calls(keep, times))
            .ToPickle();

    private static byte[] Calls(bool keep, int times) =>
        Repeated(
            keep
                ? [(byte)'h', 1, (byte)'h', 0, 0x85, (byte)'R']
                : [(byte)'h', 1, (byte)'h', 0, 0x85, (byte)'R', (byte)'0'],
            times
        );

    private static byte[] Pairs(int times, bool keep) =>
        new PickleWriter()
            .Op(']')
            .Op('q', 0)
            .Op('(')
            .Op(Repeated([(byte)'N', (byte)'N', 0x86], 10_000))
            .Op('e')
            .Global("collections", "OrderedDict")
            .Op('q', 1)
            .Op(Calls(keep, times))
            .ToPickle();

    private static byte[] Memo(int times)
    {
        var pickle = new PickleWriter().Op('N');
        for (int i = 0; i < times; i++)
            pickle.Op('r').Int(i);
        return pickle.ToPickle();
    }

    private static byte[] LongStorageKeys(int times) =>
        new PickleWriter()
            .Op('(')
            .Text("storage")
            .Global("torch", "FloatStorage")
            .Text(new string('k', 1_000_000))
            .Text("cpu")
            .Number(1)
            .Op('t')
            .Op('q', 0)
            .Op(Repeated([(byte)'h', 0, (byte)'Q', (byte)'0'], times))
            .ToPickle();

    // One tensor under one key in each of many dictionaries.
    private static byte[] OneKey(int length, int times, int padding = 0) =>
        new PickleWriter()
            .Text(new string('k', length))
            .Op('q', 0)
            .Tensor("0", 1, 0, [1], [1])
            .Op('q', 1)
            .Op(']')
            .Op('(')
            .Op(Repeated([(byte)'}', (byte)'h', 0, (byte)'h', 1, (byte)'s', .. Padding(padding)], times))
            .Op('e')
            .ToPickle();

    // Bytes that are read past.
    private static byte[] Padding(int length) =>
        length == 0 ? [] : [(byte)'C', (byte)length, .. new byte[length], (byte)'0'];

    private static byte[] LongPaths(int times)
    {
        var pickle = new PickleWriter();
        for (int level = 0; level < 4; level++)
            pickle.Op('}').Text(new string((char)('a' + level), 99));
        pickle.Op(']').Op('(').Op(Repeated("]"u8, times)).Op('e');
        for (int level = 0; level < 4; level++)
            pickle.Op('s');
        return pickle.ToPickle();
    }
}
