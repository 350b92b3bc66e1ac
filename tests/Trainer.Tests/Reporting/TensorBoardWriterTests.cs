using System.Text.Json;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>
/// Event files are read by Google's protobuf from TensorBoard's message definitions, checksums by the definition of
/// CRC-32C.
/// </summary>
public sealed class TensorBoardWriterTests
{
    private const string Reader = """
        import json, struct, sys
        from google.protobuf import descriptor_pb2 as d, descriptor_pool, message_factory
        F = d.FieldDescriptorProto
        file = d.FileDescriptorProto(name="event.proto", package="t", syntax="proto3")
        def message(name, *fields):
            m = file.message_type.add(name=name)
            for number, label, kind, field in fields:
                f = m.field.add(name=field, number=number, label=F.LABEL_REPEATED if label else F.LABEL_OPTIONAL)
                if isinstance(kind, str): f.type, f.type_name = F.TYPE_MESSAGE, ".t." + kind
                else: f.type = kind
        message("Image", (1, 0, F.TYPE_INT32, "height"), (2, 0, F.TYPE_INT32, "width"), (3, 0, F.TYPE_INT32, "colorspace"), (4, 0, F.TYPE_BYTES, "encoded"))
        message("Value", (1, 0, F.TYPE_STRING, "tag"), (2, 0, F.TYPE_FLOAT, "simple"), (4, 0, "Image", "image"))
        message("Summary", (1, 1, "Value", "value"))
        message("SessionLog", (1, 0, F.TYPE_INT32, "status"))
        message("Event", (1, 0, F.TYPE_DOUBLE, "wall_time"), (2, 0, F.TYPE_INT64, "step"), (3, 0, F.TYPE_STRING, "file_version"), (5, 0, "Summary", "summary"), (7, 0, "SessionLog", "session_log"))
        pool = descriptor_pool.DescriptorPool()
        pool.Add(file)
        Event = message_factory.MessageFactory(pool).GetPrototype(pool.FindMessageTypeByName("t.Event"))
        def masked(data):
            crc = 0xFFFFFFFF
            for byte in data:
                crc ^= byte
                for _ in range(8): crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
            crc ^= 0xFFFFFFFF
            return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF
        data, at, events = open(sys.argv[1], "rb").read(), 0, []
        while at < len(data):
            length, check = struct.unpack_from("<QI", data, at)
            assert masked(data[at:at + 8]) == check, "length checksum"
            body = data[at + 12:at + 12 + length]
            assert masked(body) == struct.unpack_from("<I", data, at + 12 + length)[0], "content checksum"
            e = Event.FromString(body)
            assert e.SerializeToString(deterministic=True) == body, "unknown or reordered fields"
            events.append({"step": e.step, "time": e.wall_time, "version": e.file_version, "start": e.session_log.status,
                "values": [[v.tag, v.simple, [v.image.height, v.image.width, v.image.colorspace, len(v.image.encoded)]] for v in e.summary.value]})
            at += 16 + length
        print(json.dumps(events))
        """;

    [Fact]
    public void Records_are_what_TensorBoard_reads()
    {
        Assert.SkipWhen(
            PythonOracle.WhyMissing("google.protobuf") is not null,
            PythonOracle.WhyMissing("google.protobuf") ?? ""
        );
        using var folder = new TemporaryFolder();
        var png = folder.File("grid.png");
        ImageEncoder.Save(RgbImage.Filled(7, 5, 1, 2, 3), png);
        string path;
        using (var writer = new TensorBoardWriter(folder.File("board"), firstStep: 101))
        {
            path = writer.Path;
            writer.Scalars(101, [new("loss/d_real", 0.5f), new("größe", -1e-30f)]);
            writer.Image(200, "samples", png);
        }

        var events = JsonDocument.Parse(PythonOracle.Run(Reader, path)).RootElement.EnumerateArray().ToList();

        Assert.Equal(4, events.Count);
        Assert.Equal("brain.Event:2", events[0].GetProperty("version").GetString());
        Assert.Equal([0, 101, 101, 200], events.Select(e => e.GetProperty("step").GetInt32()));
        Assert.Equal([0, 1, 0, 0], events.Select(e => e.GetProperty("start").GetInt32()));
        Assert.All(events, e => Assert.InRange(e.GetProperty("time").GetDouble(), 1.7e9, 1e10));
        var values = events[2].GetProperty("values");
        Assert.Equal("loss/d_real", values[0][0].GetString());
        Assert.Equal(0.5f, values[0][1].GetSingle());
        Assert.Equal("größe", values[1][0].GetString());
        Assert.Equal(-1e-30f, values[1][1].GetSingle());
        Assert.Equal($"[5, 7, 3, {new FileInfo(png).Length}]", events[3].GetProperty("values")[0][2].GetRawText());
    }

    [Fact]
    public void Every_writer_has_a_file_of_its_own_in_the_order_of_names()
    {
        using var folder = new TemporaryFolder();
        using TensorBoardWriter first = new(folder.Path),
            second = new(folder.Path, 5);
        Assert.True(string.CompareOrdinal(first.Path, second.Path) < 0);
        Assert.Contains(".tfevents.", Path.GetFileName(first.Path));
    }

    [Fact]
    public void What_is_no_PNG_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        using var writer = new TensorBoardWriter(folder.Path);
        var file = folder.File("no.png");
        File.WriteAllText(file, "this is a text and no image at all");
        Assert.Contains(file, Assert.Throws<FormatException>(() => writer.Image(1, "samples", file)).Message);
    }
}
