using System.Globalization;
using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// What pytorch-CycleGAN-and-pix2pix (models/networks.py) calls the layers of our networks. Its names are positions in
/// nested nn.Sequential modules, where layers without weights (padding, ReLU, dropout) count, too.
/// </summary>
internal static class ReferenceNames
{
    /// <summary>
    /// The reference's name of every layer with weights, by our name; null for networks that the reference has not.
    /// </summary>
    public static IReadOnlyDictionary<string, string>? Of(NetworkGraph graph) =>
        graph.Name switch
        {
            "patch" => Patch(graph),
            "pixel" => new Dictionary<string, string>
            {
                ["layer1.conv"] = "net.0",
                ["layer2.conv"] = "net.2",
                ["layer2.norm"] = "net.3",
                ["logits"] = "net.5",
            },
            "vgg16" => graph.Layers.ToDictionary(layer => layer.Name, layer => layer.Name),
            var name when name.StartsWith("unet-", StringComparison.Ordinal) => UNet(graph),
            var name when name.StartsWith("resnet-", StringComparison.Ordinal) => ResNet(graph),
            _ => null,
        };

    /// <summary>
    /// Where the block of that level of a U-Net begins: <c>model.model.</c>, <c>model.model.1.model.</c>,
    /// <c>model.model.1.model.3.model.</c> ...
    /// </summary>
    public static string UNetPrefix(int level) =>
        "model.model."
        + (level > 1 ? "1.model." : "")
        + string.Concat(Enumerable.Repeat("3.model.", Math.Max(0, level - 2)));

    private static Dictionary<string, string> UNet(NetworkGraph graph)
    {
        int levels = graph.Layers.Count(layer => layer is ConvolutionLayer);
        // [down, block within, ReLU, up, tanh]
        var names = new Dictionary<string, string> { ["down1.conv"] = "model.model.0", ["up1.conv"] = "model.model.3" };
        for (int level = 2; level <= levels; level++)
        {
            // [leaky ReLU, down, norm, block within, ReLU, up, norm, dropout]; the innermost has neither the first norm
            // nor a block within.
            var (prefix, up) = (UNetPrefix(level), level < levels ? 5 : 3);
            names[$"down{level}.conv"] = prefix + "1";
            if (level < levels)
                names[$"down{level}.norm"] = prefix + "2";
            names[$"up{level}.conv"] = prefix + Number(up);
            names[$"up{level}.norm"] = prefix + Number(up + 1);
        }
        return names;
    }

    private static Dictionary<string, string> ResNet(NetworkGraph graph)
    {
        int blocks = graph.Layers.Count(layer => layer is AdditionLayer),
            second = graph.Layers.Any(layer => layer is DropoutLayer) ? 6 : 5;
        // Upsampling by a resize convolution has another layer (or two) before each convolution.
        int step = graph.Layers.Any(layer => layer is UpsamplingLayer) ? 5 : 3,
            lead = step - 3;
        var names = new Dictionary<string, string>();
        AddPair("first", 1);
        AddPair("down1", 4);
        AddPair("down2", 7);
        for (int block = 1; block <= blocks; block++)
        {
            var prefix = $"model.{9 + block}.conv_block.";
            names[$"block{block}.conv1"] = prefix + "1";
            names[$"block{block}.norm1"] = prefix + "2";
            names[$"block{block}.conv2"] = prefix + Number(second);
            names[$"block{block}.norm2"] = prefix + Number(second + 1);
        }
        AddPair("up1", 10 + blocks + lead);
        AddPair("up2", 10 + blocks + step + lead);
        names["last.conv"] = $"model.{10 + blocks + 2 * step + 1}";
        return names;

        void AddPair(string layer, int position)
        {
            names[layer + ".conv"] = $"model.{position}";
            names[layer + ".norm"] = $"model.{position + 1}";
        }
    }

    private static Dictionary<string, string> Patch(NetworkGraph graph)
    {
        int layers = graph.Layers.Count(layer => layer is ConvolutionLayer) - 1;
        var names = new Dictionary<string, string> { ["layer1.conv"] = "model.0" };
        for (int layer = 2; layer <= layers; layer++)
        {
            names[$"layer{layer}.conv"] = $"model.{3 * layer - 4}";
            names[$"layer{layer}.norm"] = $"model.{3 * layer - 3}";
        }
        names["logits"] = $"model.{3 * layers - 1}";
        return names;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
