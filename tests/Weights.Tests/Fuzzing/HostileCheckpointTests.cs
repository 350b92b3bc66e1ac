using System.IO.Compression;

namespace MlNetImageTranslation.Weights.Tests;

/// <summary>Files made to do harm: each is refused for the reason that it should be.</summary>
public sealed class HostileCheckpointTests
{
    private static readonly Dictionary<string, (Func<byte[]> File, string Message)> s_files = new()
    {
        ["code"] = (
            () => new PickleWriter().Global("os", "system").Text("true").Op(0x85).Op('R').ToFile(),
            "'os.system'"
        ),
        ["code by stack global"] = (
            () => new PickleWriter().Text("builtins").Text("eval").Op(0x93).ToFile(),
            "'builtins.eval'"
        ),
        ["code behind an attribute"] = (
            () =>
                new PickleWriter()
                    .Global("collections", "OrderedDict.__class__")
                    .Text("true")
                    .Op(0x85)
                    .Op('R')
                    .ToFile(),
            "the file itself, an object of class collections.OrderedDict.__class__"
        ),
        ["instance"] = (() => new PickleWriter().Op('(').Op("ios\nsystem\n"u8).ToFile(), "INST"),
        ["extension"] = (() => new PickleWriter().Op(0x82, 1).ToFile(), "EXT"),
        ["long string"] = (() => new PickleWriter().Op('X').Int(-1).ToFile(), "value of 4294967295 bytes"),
        ["long name"] = (
            () =>
                new PickleWriter()
                    .Op('c')
                    .Op(
                        new byte[1000]
                            .Select(_ => (byte)'a')
                            .ToArray()
                    )
                    .ToFile(),
            "256 characters"
        ),
        ["not UTF-8"] = (() => new PickleWriter().Op('X').Int(2).Op(0xff, 0xfe).ToFile(), "UTF-8"),
        ["no stop"] = (
            () => PickleWriter.Zip(CompressionLevel.NoCompression, ("a/data.pkl", [0x80, 2, (byte)']'])),
            "ends too early"
        ),
        ["empty stack"] = (() => new PickleWriter().Op('0').ToFile(), "empty stack"),
        ["unopened container"] = (() => new PickleWriter().Op('t').ToFile(), "not opened"),
        ["unset memo"] = (() => new PickleWriter().Op('h', 9).ToFile(), "memo 9"),
        ["memo over the mark"] = (() => new PickleWriter().Op('(').Op('q', 0).ToFile(), "empty stack"),
        ["list as dictionary"] = (
            () => new PickleWriter().Op(']').Text("k").Text("v").Op('s').ToFile(),
            "expects a dictionary where there is a list"
        ),
        ["attributes of a tuple"] = (() => new PickleWriter().Op(')').Op('}').Op('b').ToFile(), "an OrderedDict"),
        ["called number"] = (() => new PickleWriter().Number(1).Op(')').Op('R').ToFile(), "calls '1'"),
        ["deep nesting"] = (
            () => new PickleWriter().Op((byte)')').Op(Enumerable.Repeat((byte)0x85, 100_000).ToArray()).ToFile(),
            "no network"
        ),
        ["memo bomb"] = (MemoBomb, "no network"),
        ["huge storage"] = (() => OneTensor("0", 1L << 40, 0, [4], [1], 16), "needs 4398046511104 bytes, but has 16"),
        ["storage beyond long"] = (() => OneTensor("0", long.MaxValue, 0, [4], [1], 16), "Storage '0' has"),
        ["negative storage"] = (() => OneTensor("0", -1, 0, [4], [1], 16), "Storage '0' has -1"),
        ["negative size"] = (() => OneTensor("0", 4, 0, [-4], [1], 16), "size -4"),
        ["negative stride"] = (() => OneTensor("0", 4, 3, [4], [-1], 16), "stride -1"),
        ["negative offset"] = (() => OneTensor("0", 4, -1, [4], [1], 16), "offset -1"),
        ["offset beyond"] = (() => OneTensor("0", 4, 1, [4], [1], 16), "last value at 4"),
        ["strides beyond"] = (() => OneTensor("0", 4, 0, [2, 2], [long.MaxValue, 1], 16), "strides that reach beyond"),
        ["strides together beyond"] = (() => OneTensor("0", 4, 0, [2, 2], [3, 3], 16), "strides that reach beyond"),
        ["repeated values"] = (() => OneTensor("0", 4, 0, [1 << 30, 1 << 30], [0, 0], 16), "more values than the 4"),
        ["too many dimensions"] = (() => OneTensor("0", 1, 0, new long[17], new long[17], 4), "17 dimensions"),
        ["unequal dimensions"] = (() => OneTensor("0", 4, 0, [4], [1, 1], 16), "1 dimensions with 2 strides"),
        ["way out"] = (() => OneTensor("../../etc/passwd", 4, 0, [4], [1], 16), "'../../etc/passwd'; expected letters"),
        ["missing storage"] = (() => OneTensor("7", 4, 0, [4], [1], 16), "'7' is not in the archive"),
        ["short storage"] = (() => OneTensor("0", 4, 0, [4], [1], 15), "needs 16 bytes, but has 15"),
        ["two types of one storage"] = (
            () =>
                new PickleWriter()
                    .Op('}')
                    .Text("a")
                    .Tensor("0", 4, 0, [4], [1])
                    .Op('s')
                    .Text("b")
                    .Tensor("0", 8, 0, [4], [1])
                    .Op('s')
                    .ToFile(16),
            "'0' is said to be"
        ),
        ["one storage for many tensors"] = (ManyTensors, "more values in all"),
        ["spectral norm of another shape"] = (
            SpectralNorm,
            "vectors of 3 and 1 values, which do not fit its shape [4, 1, 1, 1]"
        ),
        ["zip bomb"] = (
            () => PickleWriter.Zip(CompressionLevel.Optimal, ("a/data.pkl", new byte[20_000_000])),
            "expected an uncompressed one"
        ),
        ["two pickles"] = (
            () => PickleWriter.Zip(CompressionLevel.NoCompression, ("a/data.pkl", [1]), ("b/data.pkl", [1])),
            "2 entries named data.pkl"
        ),
        ["some zip"] = (
            () => PickleWriter.Zip(CompressionLevel.NoCompression, ("readme.txt", [1])),
            "0 entries named data.pkl"
        ),
        ["TorchScript"] = (
            () => PickleWriter.Zip(CompressionLevel.NoCompression, ("a/data.pkl", [1]), ("a/constants.pkl", [1])),
            "TorchScript"
        ),
        ["big-endian"] = (
            () =>
                PickleWriter.Zip(
                    CompressionLevel.NoCompression,
                    ("a/data.pkl", [1]),
                    ("a/byteorder", "big"u8.ToArray())
                ),
            "big-endian"
        ),
        ["nothing"] = (() => [], "It is empty"),
        ["Git LFS pointer"] = (
            () => "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 45590016\n"u8.ToArray(),
            "a Git LFS pointer, not the file that it points to (which has 45590016 bytes)"
        ),
        ["web page"] = (
            () => "\n<!DOCTYPE html><html><head><title>Google Drive - Quota exceeded</title>"u8.ToArray(),
            "a web page (HTML), 'Google Drive - Quota exceeded'"
        ),
        ["gzip"] = (() => [0x1f, 0x8b, 8, 0], "gzip archive"),
        ["Keras"] = (() => [0x89, (byte)'H', (byte)'D', (byte)'F', 13, 10], "HDF5"),
        ["text"] = (() => "Not found: latest_net_G.pth\n"u8.ToArray(), "neither"),
    };

    public static TheoryData<string> Names => [.. s_files.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Is_refused_for_its_reason(string name)
    {
        var (file, message) = s_files[name];
        var exception = Safely.Import(file(), name);
        Assert.NotNull(exception);
        Assert.True(exception.Message.Contains(message, StringComparison.Ordinal), exception.Message);
    }

    [Fact]
    public void A_list_that_contains_itself_is_no_hang()
    {
        var file = new PickleWriter().Op(']').Op('q', 0).Op('h', 0).Op('a').Op('h', 0).Op('a').ToFile();
        Assert.Contains("no tensors", Safely.Import(file, "cycle")?.Message);
    }

    // A weight that the importer wants to read, so that its storage is opened.
    private static byte[] OneTensor(string key, long count, long offset, long[] shape, long[] strides, int storage)
    {
        var pickle = new PickleWriter().Op('}');
        AddPixelDiscriminator(pickle, key, count, offset, shape, strides);
        return pickle.ToFile(storage, 16);
    }

    // The bias of a pixel discriminator of one filter stands first among its parameters of one dimension.
    private static void AddPixelDiscriminator(
        PickleWriter pickle,
        string key,
        long count,
        long offset,
        long[] shape,
        long[] strides
    )
    {
        foreach (var name in new[] { "net.0", "net.2", "net.5" })
            pickle.Text(name + ".weight").Tensor("1", 4, 0, [4, 1, 1, 1], [1, 1, 1, 1]).Op('s');
        pickle.Text("net.0.bias").Tensor(key, count, offset, shape, strides).Op('s');
    }

    private static byte[] SpectralNorm()
    {
        var pickle = new PickleWriter().Op('}');
        AddPixelDiscriminator(pickle, "0", 4, 0, [4], [1]);
        return pickle
            .Text("net.0.weight_orig")
            .Tensor("1", 4, 0, [4, 1, 1, 1], [1, 1, 1, 1])
            .Op('s')
            .Text("net.0.weight_u")
            .Tensor("1", 4, 0, [3], [1])
            .Op('s')
            .Text("net.0.weight_v")
            .Tensor("1", 4, 0, [1], [1])
            .Op('s')
            .ToFile(16, 16);
    }

    // Thirty lists, each twice in the next: 2^30 when spread out.
    private static byte[] MemoBomb()
    {
        var pickle = new PickleWriter().Op(']').Op('q', 0);
        for (byte level = 0; level < 30; level++)
            pickle.Op(']').Op('q', (byte)(level + 1)).Op('h', level).Op('a').Op('h', level).Op('a');
        return pickle.ToFile();
    }

    // Five thousand weights, all the same 64 kilobytes: 320 megabytes out of one.
    private static byte[] ManyTensors()
    {
        var pickle = new PickleWriter().Op('}');
        void Add(string name, params long[] shape) =>
            pickle
                .Text(name)
                .Tensor(
                    "0",
                    65536,
                    0,
                    shape,
                    [.. shape.Select((_, axis) => shape.Skip(axis + 1).Aggregate(1L, (a, b) => a * b))]
                )
                .Op('s');
        Add("model.1.weight", 4, 3, 7, 7);
        Add("model.1.bias", 4);
        int blocks = 400;
        for (int block = 0; block < blocks; block++)
            foreach (var layer in new[] { 1, 5 })
            {
                Add($"model.{10 + block}.conv_block.{layer}.weight", 16, 16, 3, 3);
                Add($"model.{10 + block}.conv_block.{layer}.bias", 16);
            }
        Add("model.4.weight", 8, 4, 3, 3);
        Add("model.4.bias", 8);
        Add("model.7.weight", 16, 8, 3, 3);
        Add("model.7.bias", 16);
        Add($"model.{10 + blocks}.weight", 16, 8, 3, 3);
        Add($"model.{10 + blocks}.bias", 8);
        Add($"model.{13 + blocks}.weight", 8, 4, 3, 3);
        Add($"model.{13 + blocks}.bias", 4);
        Add($"model.{17 + blocks}.weight", 3, 4, 7, 7);
        Add($"model.{17 + blocks}.bias", 3);
        return pickle.ToFile(4 * 65536);
    }
}
