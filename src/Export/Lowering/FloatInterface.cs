using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export;

/// <summary>
/// float32 [N, 3, H, W] in -1..1 in and out; for one-channel image networks luminance in (weights as in
/// <see cref="ByteInterface"/>, not rounded to 256 levels) and three equal channels out. Networks that do not map
/// images to images keep their own channels.
/// </summary>
internal sealed class FloatInterface(NetworkGraph graph, ImageSize? fixedSize, bool images)
    : ImageInterface(graph, fixedSize)
{
    public override GraphProto Write(NetworkLowering lowering)
    {
        var (writer, network) = (lowering.Writer, lowering.Graph);
        string input = writer.Name(InputName),
            output = writer.Name(OutputName),
            value = input;
        bool grayIn = images && network.Input.Channels == 1,
            grayOut = images && network.Output.Channels == 1;
        if (grayIn)
        {
            value = writer.Node(
                "Mul",
                "in.rgb",
                [value, writer.Constant("luminance", [3, 1, 1], Array.ConvertAll(Luminance, share => share / 65536))]
            );
            value = writer.Node("ReduceSum", "in", [value, writer.Integers(1)]);
        }
        value = lowering.Append(value);
        if (grayOut)
            writer.NodeTo(output, "Concat", [value, value, value], OnnxAttribute.Integer("axis", 1));
        else
            writer.NodeTo(output, "Identity", [value]);
        bool flat = network.Layers[^1] is DenseLayer or FlattenLayer;
        return writer.Build(
            network.Name,
            new(
                input,
                OnnxElementType.Float,
                ["N", grayIn ? 3 : network.Input.Channels, InputSide('H'), InputSide('W')]
            ),
            new(
                output,
                OnnxElementType.Float,
                flat
                    ? ["N", network.Output.Channels]
                    : ["N", grayOut ? 3 : network.Output.Channels, OutputSide('H'), OutputSide('W')]
            )
        );
    }
}
