using System.Globalization;
using System.Text;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Weights.Tests;

public sealed class SafetensorsTests
{
    /// <summary>A reader by the format's description, written with struct, json and numpy.</summary>
    private const string PythonReader = """
        import json, struct, sys
        import numpy as np
        raw = open(sys.argv[1], 'rb').read()
        n, = struct.unpack('<Q', raw[:8])
        header = json.loads(raw[8:8 + n])
        data = raw[8 + n:]
        assert (8 + n) % 8 == 0
        print(json.dumps(header.pop('__metadata__', {}), sort_keys=True))
        for name, t in header.items():
            begin, end = t['data_offsets']
            values = np.frombuffer(data[begin:end], {'F32': '<f4'}[t['dtype']]).reshape(t['shape'])
            print(name, list(values.shape), ' '.join(repr(float(v)) for v in values.ravel()))
        """;

    /// <summary>Writes one tensor of every type.</summary>
    private const string PythonWriter = """
        import json, struct, sys
        import numpy as np
        x = np.array([[0.0, -1.5, 3.140625], [65504.0, 6e-8, -0.0]])
        bf16 = (x.astype('<f4').view('<u4') >> 16).astype('<u2')
        tensors = [('half', 'F16', x.astype('<f2')), ('brain', 'BF16', bf16), ('count', 'I64', np.array(7, '<i8')), ('double', 'F64', x.astype('<f8')), ('single', 'F32', x.astype('<f4')), ('scalar', 'F32', np.array(2.5, '<f4')), ('none', 'F32', np.zeros((0, 3), '<f4'))]
        header, data = {'__metadata__': {'format': 'pt', 'author': 'Jörg'}}, b''
        for name, dtype, values in tensors:
            raw = values.tobytes()
            header[name] = {'dtype': dtype, 'shape': list(values.shape), 'data_offsets': [len(data), len(data) + len(raw)]}
            data += raw
        text = json.dumps(header).encode()
        open(sys.argv[1], 'wb').write(struct.pack('<Q', len(text)) + text + data)
        for name in ('half', 'brain', 'double', 'single'):
            values = dict((t[0], t[2]) for t in tensors)[name]
            if name == 'brain': values = (values.astype('<u4') << 16).view('<f4')
            print(' '.join(repr(float(np.float32(v))) for v in values.ravel()))
        """;

    [Fact]
    public void Python_reads_what_we_write()
    {
        if (PythonOracle.WhyMissing("numpy") is { } why)
            Assert.Skip(why);
        using var folder = new TemporaryFolder();
        var weights = new StateDict
        {
            ["first.conv.weight"] = new([2, 1, 1, 2], [1.5f, -2, float.Epsilon, float.MaxValue]),
            ["a \"name\" with ü"] = new([], [0.1f]),
            ["empty"] = new([0], []),
        };
        var path = folder.File("w.safetensors");
        Safetensors.Write(path, weights, new Dictionary<string, string> { ["key"] = "válue\n" });
        var lines = PythonOracle.Run(PythonReader, path).TrimEnd('\n').Split('\n');
        Assert.Equal("{\"key\": \"v\\u00e1lue\\n\"}", lines[0]);
        Assert.Equal("first.conv.weight [2, 1, 1, 2] 1.5 -2.0 1.401298464324817e-45 3.4028234663852886e+38", lines[1]);
        Assert.Equal("a \"name\" with ü [] 0.10000000149011612", lines[2]);
        Assert.Equal("empty [0]", lines[3].Trim());
    }

    [Fact]
    public void Every_float_type_that_Python_writes_is_read()
    {
        if (PythonOracle.WhyMissing("numpy") is { } why)
            Assert.Skip(why);
        using var folder = new TemporaryFolder();
        var path = folder.File("p.safetensors");
        var expected = PythonOracle.Run(PythonWriter, path).TrimEnd('\n').Split('\n');
        var file = Safetensors.Read(path);
        Assert.Equal(["half", "brain", "double", "single", "scalar", "none"], file.Weights.Names);
        Assert.Equal(["count"], file.SkippedNames);
        Assert.Equal("Jörg", file.Metadata["author"]);
        Assert.Equal("pt", Safetensors.ReadMetadata(path)["format"]);
        foreach (var (name, line) in new[] { "half", "brain", "double", "single" }.Zip(expected))
            Assert.Equal(
                line.Split(' ').Select(number => float.Parse(number, CultureInfo.InvariantCulture)),
                file.Weights[name].Values
            );
        Assert.Equal([2, 3], file.Weights["half"].Shape);
        Assert.Empty(file.Weights["scalar"].Shape);
        Assert.Equal(2.5f, Assert.Single(file.Weights["scalar"].Values));
    }

    [Fact]
    public void What_is_written_is_read_back_from_any_stream()
    {
        var weights = new StateDict
        {
            ["b"] = new([3], [1, 2, float.NaN]),
            ["a"] = new([2, 2], [5, 6, 7, float.NegativeInfinity]),
        };
        var stream = new MemoryStream();
        Safetensors.Write(stream, weights);
        var read = Safetensors.Read(new ForwardOnlyStream(stream.ToArray())).Weights;
        Assert.Equal(["b", "a"], read.Names);
        Assert.Equal(weights["a"].Values, read["a"].Values);
        Assert.Equal(weights["b"].Values, read["b"].Values);
    }

    [Fact]
    public void A_failed_write_leaves_the_older_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("w.safetensors");
        Safetensors.Write(path, new StateDict { ["x"] = new([1], [1]) });
        var broken = new Dictionary<string, string> { ["key"] = null! };
        Assert.ThrowsAny<Exception>(() => Safetensors.Write(path, new StateDict { ["x"] = null! }, broken));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
        Assert.Equal(1, Safetensors.Read(path).Weights["x"].Values[0]);
    }

    [Theory]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "'x'*needs 8 bytes, but has 4")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "'x'*hole")]
    [InlineData(
        """{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""",
        4,
        "'y'*overlap"
    )]
    [InlineData(
        """{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        8,
        "'x' twice"
    )]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "4 bytes in all*8 bytes of data")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "8 bytes in all*4 bytes of data")]
    [InlineData("""{"x":{"dtype":"Q4","shape":[1],"data_offsets":[0,4]}}""", 4, "'x'*dtype 'Q4'")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "'x'*side of -1")]
    [InlineData("""{"x":{"dtype":"F32","shape":[65536,65536,65536,65536],"data_offsets":[0,0]}}""", 0, "'x'*more than")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[8,4]}}""", 4, "'x'*data_offsets")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4, "'x'*data_offsets")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1]}}""", 4, "'x'*data_offsets")]
    [InlineData("""{"x":[]}""", 0, "'x'*object")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "'a'*string")]
    [InlineData("""[]""", 0, "JSON object")]
    [InlineData("""{"x":""", 0, "not the JSON")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "not the JSON")]
    public void Malformed_headers_are_refused_by_name(string header, int dataLength, string message)
    {
        var bytes = Encoding.UTF8.GetBytes(header);
        byte[] file = [.. BitConverter.GetBytes((long)bytes.Length), .. bytes, .. new byte[dataLength]];
        var exception = Assert.Throws<FormatException>(() => Safetensors.Read(new MemoryStream(file)));
        Assert.Matches(System.Text.RegularExpressions.Regex.Escape(message).Replace(@"\*", ".*"), exception.Message);
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 }, "at least 8")]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255 }, "at most 100000000")]
    [InlineData(new byte[] { 16, 0, 0, 0, 0, 0, 0, 0, 123, 125 }, "only 2 follow")]
    public void Wrong_header_lengths_are_refused(byte[] file, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("bad.safetensors"), file);
        var exception = Assert.Throws<FormatException>(() => Safetensors.Read(folder.File("bad.safetensors")));
        Assert.Contains(message, exception.Message);
        Assert.Contains("bad.safetensors", exception.Message);
    }

    private sealed class ForwardOnlyStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
