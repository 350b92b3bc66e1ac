using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export;

/// <summary>
/// uint8 [N, H, W, 3] in and out. In: <c>x / 127.5 - 1</c> for one-channel networks after <c>floor((19595 R + 38470 G +
/// 7471 B + 32768) / 65536)</c>, which float32 computes exactly. A network that reads an instance image has [N, H, W,
/// 6] in: each pixel of the label image, then that of the instance image. Out: <c>(y + 1) * 127.5</c>, clipped to
/// 0..255, rounded half to even; a single channel is given three times.
/// </summary>
internal sealed class ByteInterface(NetworkGraph graph, ImageSize? fixedSize) : ImageInterface(graph, fixedSize)
{
    public override GraphProto Write(NetworkLowering lowering)
    {
        var writer = lowering.Writer;
        string input = writer.Name(InputName),
            output = writer.Name(OutputName);
        Leave(
            writer,
            lowering.Append(Enter(writer, input, lowering.Graph.Input.Channels)),
            output,
            lowering.Graph.Output.Channels
        );
        return writer.Build(
            lowering.Graph.Name,
            new(input, OnnxElementType.UInt8, ["N", InputSide('H'), InputSide('W'), Samples(lowering.Graph)]),
            new(output, OnnxElementType.UInt8, ["N", OutputSide('H'), OutputSide('W'), 3])
        );
    }

    private static int Samples(NetworkGraph graph) => Math.Max(3, graph.Input.Channels);

    private static string Enter(GraphWriter writer, string input, int channels)
    {
        var value = writer.Node("Transpose", "in.nchw", [input], OnnxAttribute.Integers("perm", 0, 3, 1, 2));
        value = writer.Node("Cast", "in.float", [value], OnnxAttribute.Integer("to", (int)OnnxElementType.Float));
        if (channels == 1)
        {
            value = writer.Node("Mul", "in.rgb", [value, writer.Constant("luminance", [3, 1, 1], Luminance)]);
            value = writer.Node("ReduceSum", "in.sum", [value, writer.Integers(1)]);
            value = writer.Node("Add", "in.half", [value, writer.Scalar(32768)]);
            value = writer.Node("Div", "in.luminance", [value, writer.Scalar(65536)]);
            value = writer.Node("Floor", "in.gray", [value]);
        }
        value = writer.Node("Div", "in.scaled", [value, writer.Scalar(127.5f)]);
        return writer.Node("Sub", "in", [value, writer.Scalar(1)]);
    }

    private static void Leave(GraphWriter writer, string value, string output, int channels)
    {
        value = writer.Node("Add", "out.shifted", [value, writer.Scalar(1)]);
        value = writer.Node("Mul", "out.scaled", [value, writer.Scalar(127.5f)]);
        value = writer.Node("Clip", "out.clipped", [value, writer.Scalar(0), writer.Scalar(255)]);
        value = writer.Node("Round", "out.rounded", [value]);
        value = writer.Node("Cast", "out.bytes", [value], OnnxAttribute.Integer("to", (int)OnnxElementType.UInt8));
        if (channels == 1)
            value = writer.Node("Concat", "out.rgb", [value, value, value], OnnxAttribute.Integer("axis", 1));
        writer.NodeTo(output, "Transpose", [value], OnnxAttribute.Integers("perm", 0, 2, 3, 1));
    }
}
