using System.Buffers.Binary;
using MlNetImageTranslation.Export;

namespace MlNetImageTranslation.Trainer;

/// <summary>A number or a PNG image under a name (summary.proto, Summary.Value).</summary>
internal sealed class TensorBoardValue(string tag) : ProtobufMessage
{
    public float? Number { get; init; }

    public byte[]? Png { get; init; }

    public override void Write(IProtobufSink sink)
    {
        sink.Text(1, tag);
        if (Number is { } number)
            sink.Float(2, number);
        if (Png is { } png)
            sink.Message(4, new Image(png));
    }

    private sealed class Image(byte[] png) : ProtobufMessage
    {
        private const int Rgb = 3;

        // The PNG header: width at byte 16, height at byte 20, big-endian.
        public override void Write(IProtobufSink sink)
        {
            sink.Integer(1, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
            sink.Integer(2, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
            sink.Integer(3, Rgb);
            sink.Bytes(4, png.Length, () => png);
        }
    }
}
