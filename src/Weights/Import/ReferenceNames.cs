using System.Globalization;
using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// What the implementations that published networks call their layers: pytorch-CycleGAN-and-pix2pix and CUT
/// (models/networks.py), pix2pixHD (the same names), PyTorch-GAN, torchvision. Most names are positions in nested
/// nn.Sequential modules, where layers without weights (padding, ReLU, dropout) count, too.
/// </summary>
internal static class ReferenceNames
{
    /// <summary>
    /// The reference's name of every layer with weights, by our name; null for networks that the reference has not.
    /// </summary>
    public static IReadOnlyDictionary<string, string>? Of(NetworkGraph graph) =>
        graph.Name switch
        {
            "patch" or "patch-antialiased" => Patch(graph),
            "pixel" => new Dictionary<string, string>
            {
                ["layer1.conv"] = "net.0",
                ["layer2.conv"] = "net.2",
                ["layer2.norm"] = "net.3",
                ["logits"] = "net.5",
            },
            "vgg16" => graph.Layers.ToDictionary(layer => layer.Name, layer => layer.Name),
            "pix2pixhd" => ResNet(graph),
            "pix2pixhd-patch" => Pix2PixHdPatch(graph),
            "pytorch-gan-patch" => new Dictionary<string, string>
            {
                ["layer1.conv"] = "model.0",
                ["layer2.conv"] = "model.2",
                ["layer2.norm"] = "model.3",
                ["layer3.conv"] = "model.5",
                ["layer3.norm"] = "model.6",
                ["layer4.conv"] = "model.8",
                ["layer4.norm"] = "model.9",
                ["logits"] = "model.12",
            },
            NetworkCatalog.PyTorchGanUNet or NetworkCatalog.PyTorchGanDiscoGan or NetworkCatalog.PyTorchGanDualGan =>
                PyTorchGanUNet(graph),
            var name when name.StartsWith(NetworkCatalog.Pix2PixHdLocal, StringComparison.Ordinal) => LocalEnhancer(
                graph
            ),
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
        var layout = ResNetLayout.Of(graph);
        int halvings = graph.Layers.Count(layer => layer is KernelLayer && IsNumbered(layer.Name, "down")),
            // Padding, convolution, norm, ReLU; then convolution, norm, ReLU (and blur) for every halving.
            firstBlock = 4 + layout.Halving * halvings,
            afterBlocks = firstBlock + blocks;
        var names = new Dictionary<string, string>();
        AddPair("first", 1);
        for (int level = 1; level <= halvings; level++)
            AddPair($"down{level}", 4 + layout.Halving * (level - 1));
        for (int block = 1; block <= blocks; block++)
        {
            var prefix = $"model.{firstBlock + block - 1}.{layout.Block}.";
            names[$"block{block}.conv1"] = prefix + "1";
            names[$"block{block}.norm1"] = prefix + "2";
            names[$"block{block}.conv2"] = prefix + Number(second);
            names[$"block{block}.norm2"] = prefix + Number(second + 1);
        }
        for (int level = 1; level <= halvings; level++)
            AddPair($"up{level}", afterBlocks + (level - 1) * layout.Step + layout.Lead);
        names["last.conv"] = $"model.{afterBlocks + halvings * layout.Step + 1}";
        return names;

        void AddPair(string layer, int position)
        {
            names[layer + ".conv"] = $"model.{position}";
            names[layer + ".norm"] = $"model.{position + 1}";
        }
    }

    // model is the global generator without its last layers; model1_1 leads to what is added to it, model1_2 from
    // there.
    private static Dictionary<string, string> LocalEnhancer(NetworkGraph graph)
    {
        int halvings = Count("global.down"),
            globalBlocks = Count("global.block") / 2,
            localBlocks = Count("local.block") / 2,
            firstBlock = 4 + 3 * halvings,
            second = graph.Layers.Any(layer => layer is DropoutLayer) ? 6 : 5;
        var names = new Dictionary<string, string>();
        AddPair("global.first", "model", 1);
        for (int level = 1; level <= halvings; level++)
        {
            AddPair($"global.down{level}", "model", 1 + 3 * level);
            AddPair($"global.up{level}", "model", firstBlock + globalBlocks + 3 * (level - 1));
        }
        for (int block = 1; block <= globalBlocks; block++)
            AddBlock($"global.block{block}", $"model.{firstBlock + block - 1}");
        AddPair("local.first", "model1_1", 1);
        AddPair("local.down1", "model1_1", 4);
        for (int block = 1; block <= localBlocks; block++)
            AddBlock($"local.block{block}", $"model1_2.{block - 1}");
        AddPair("local.up1", "model1_2", localBlocks);
        names["last.conv"] = $"model1_2.{localBlocks + 4}";
        return names;

        int Count(string word) => graph.Layers.Count(layer => layer is KernelLayer && IsNumbered(layer.Name, word));

        void AddPair(string layer, string sequence, int position)
        {
            names[layer + ".conv"] = $"{sequence}.{position}";
            names[layer + ".norm"] = $"{sequence}.{position + 1}";
        }

        void AddBlock(string layer, string place)
        {
            names[layer + ".conv1"] = place + ".conv_block.1";
            names[layer + ".norm1"] = place + ".conv_block.2";
            names[layer + ".conv2"] = $"{place}.conv_block.{second}";
            names[layer + ".norm2"] = $"{place}.conv_block.{second + 1}";
        }
    }

    // Every layer with its norm is a sequence of its own, from which features are taken.
    private static Dictionary<string, string> Pix2PixHdPatch(NetworkGraph graph)
    {
        int layers = graph.Layers.Count(layer => layer is ConvolutionLayer) - 1;
        var names = new Dictionary<string, string> { ["logits"] = $"layer{layers}.0" };
        for (int layer = 1; layer <= layers; layer++)
        {
            names[$"layer{layer}.conv"] = $"layer{layer - 1}.0";
            names[$"layer{layer}.norm"] = $"layer{layer - 1}.1";
        }
        return names;
    }

    // down1 and so on, up1 and so on with the deepest first, final.
    private static Dictionary<string, string> PyTorchGanUNet(NetworkGraph graph)
    {
        int levels = graph.Layers.Count(layer => layer is KernelLayer && IsNumbered(layer.Name, "down"));
        bool transposed = graph.Layers.Any(layer => layer is TransposedConvolutionLayer { Name: "last.conv" });
        var names = new Dictionary<string, string> { ["last.conv"] = transposed ? "final.0" : "final.2" };
        for (int level = 1; level <= levels; level++)
        {
            names[$"down{level}.conv"] = $"down{level}.model.0";
            names[$"down{level}.norm"] = $"down{level}.model.1";
            names[$"up{level}.conv"] = $"up{levels + 1 - level}.model.0";
            names[$"up{level}.norm"] = $"up{levels + 1 - level}.model.1";
        }
        return names;
    }

    private static bool IsNumbered(string name, string word) =>
        name.Length > word.Length
        && name.StartsWith(word, StringComparison.Ordinal)
        && char.IsAsciiDigit(name[word.Length]);

    private static Dictionary<string, string> Patch(NetworkGraph graph)
    {
        int layers = graph.Layers.Count(layer => layer is ConvolutionLayer) - 1,
            // Convolution, ReLU; then convolution, norm, ReLU; with a blur after each but the last where there are
            // blurs.
            blurs = graph.Layers.Any(layer => layer is BlurLayer) ? 1 : 0;
        var names = new Dictionary<string, string> { ["layer1.conv"] = "model.0" };
        int position = 2 + blurs;
        for (int layer = 2; layer <= layers; layer++)
        {
            names[$"layer{layer}.conv"] = $"model.{position}";
            names[$"layer{layer}.norm"] = $"model.{position + 1}";
            position += layer < layers ? 3 + blurs : 3;
        }
        names["logits"] = $"model.{position}";
        return names;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
