using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// Finds out from names and shapes which of the reference's networks (or torchvision's VGG16) some weights belong to.
/// </summary>
internal static class ReferenceDetector
{
    private const int MaximumHalvings = 6;

    /// <summary>
    /// What <see cref="NetworkCatalog"/> needs to make the network, or null where this is none that we know.
    /// </summary>
    public static NetworkOptions? Detect(ForeignWeights weights) =>
        UNet(weights)
        ?? PyTorchGanUNet(weights)
        ?? LocalEnhancer(weights)
        ?? ResNet(weights)
        ?? Pix2PixHdPatch(weights)
        ?? Pixel(weights)
        ?? PyTorchGanPatch(weights)
        ?? Patch(weights)
        ?? Vgg16(weights);

    private static NetworkOptions? UNet(ForeignWeights weights)
    {
        if (
            Convolution(weights, "model.model.0") is not { } first
            || Convolution(weights, "model.model.3") is not { } last
        )
            return null;
        int levels = 2;
        while (levels < 30 && Convolution(weights, ReferenceNames.UNetPrefix(levels) + "5") is not null)
            levels++;
        if (Convolution(weights, ReferenceNames.UNetPrefix(levels) + "3") is null)
            return null;
        var block = ReferenceNames.UNetPrefix(2);
        return new()
        {
            Architecture = $"unet-{1 << levels}",
            InputChannels = first.Shape[1],
            OutputChannels = last.Shape[1],
            Filters = first.Shape[0],
            Norm = FindNorm(weights, block + "1", block + (levels > 2 ? "2" : "4")),
        };
    }

    private static NetworkOptions? ResNet(ForeignWeights weights)
    {
        if (Convolution(weights, "model.1") is not { } first)
            return null;
        foreach (var layout in ResNetLayout.All)
        {
            int halvings = 0,
                blocks = 0;
            while (
                halvings < MaximumHalvings
                && Convolution(weights, $"model.{4 + layout.Halving * halvings}") is not null
                && IsBlurred(weights, $"model.{3 + layout.Halving * (halvings + 1)}") == layout.IsAntialiased
            )
                halvings++;
            int firstBlock = 4 + layout.Halving * halvings;
            while (Convolution(weights, $"model.{firstBlock + blocks}.{layout.Block}.1") is not null)
                blocks++;
            int afterBlocks = firstBlock + blocks;
            if (
                halvings == 0
                || blocks == 0
                || Convolution(weights, $"model.{afterBlocks + layout.Lead}") is null
                || Convolution(weights, $"model.{afterBlocks + halvings * layout.Step + 1}") is not { } last
            )
                continue;
            return new()
            {
                Architecture = $"resnet-{blocks}{(layout.IsAntialiased ? "-antialiased" : "")}",
                InputChannels = first.Shape[1],
                OutputChannels = last.Shape[0],
                Filters = first.Shape[0],
                Layers = halvings == 2 ? null : halvings,
                Norm = FindNorm(weights, "model.1", "model.2"),
                Dropout = Convolution(weights, $"model.{firstBlock}.{layout.Block}.6") is not null,
                ResizeConvolution = layout == ResNetLayout.Resized || layout == ResNetLayout.PyTorchGan,
            };
        }
        return null;
    }

    private static NetworkOptions? LocalEnhancer(ForeignWeights weights)
    {
        if (
            Convolution(weights, "model.1") is not { } first
            || Convolution(weights, "model1_1.1") is not { } local
            || Convolution(weights, "model1_1.4") is null
        )
            return null;
        int halvings = 0,
            globalBlocks = 0,
            blocks = 0;
        while (Convolution(weights, $"model1_2.{blocks}.conv_block.1") is not null)
            blocks++;
        while (halvings < MaximumHalvings && Convolution(weights, $"model.{4 + 3 * halvings}") is not null)
            halvings++;
        while (Convolution(weights, $"model.{4 + 3 * halvings + globalBlocks}.conv_block.1") is not null)
            globalBlocks++;
        if (Convolution(weights, $"model1_2.{blocks + 4}") is not { } last)
            return null;
        return new()
        {
            Architecture = $"{NetworkCatalog.Pix2PixHdLocal}-{globalBlocks}-{blocks}",
            InputChannels = first.Shape[1],
            OutputChannels = last.Shape[0],
            Filters = local.Shape[0],
            Layers = halvings,
            Norm = FindNorm(weights, "model1_1.1", "model1_1.2"),
            Dropout = Convolution(weights, "model1_2.0.conv_block.6") is not null,
        };
    }

    private static NetworkOptions? Pix2PixHdPatch(ForeignWeights weights)
    {
        int layers = 0;
        while (Convolution(weights, $"layer{layers}.0") is not null)
            layers++;
        // The first, one or more strided ones, one that is not, the logits.
        if (layers < 3)
            return null;
        var first = Convolution(weights, "layer0.0")!;
        return new()
        {
            Architecture = "pix2pixhd-patch",
            InputChannels = first.Shape[1],
            Filters = first.Shape[0],
            Layers = layers - 2,
            Norm = FindNorm(weights, "layer1.0", "layer1.1"),
        };
    }

    private static NetworkOptions? PyTorchGanUNet(ForeignWeights weights)
    {
        if (Convolution(weights, "down1.model.0") is not { } first)
            return null;
        int levels = 1;
        while (Convolution(weights, $"down{levels + 1}.model.0") is not null)
            levels++;
        // A convolution, or DualGAN's transposed one.
        var (last, transposed) = (Convolution(weights, "final.2"), Convolution(weights, "final.0"));
        string? name = (levels, last is not null, transposed is not null) switch
        {
            (8, true, false) => NetworkCatalog.PyTorchGanUNet,
            (6, true, false) => NetworkCatalog.PyTorchGanDiscoGan,
            (7, false, true) => NetworkCatalog.PyTorchGanDualGan,
            _ => null,
        };
        if (name is null)
            return null;
        return new()
        {
            Architecture = name,
            InputChannels = first.Shape[1],
            OutputChannels = last?.Shape[0] ?? transposed!.Shape[1],
            Filters = first.Shape[0],
            // Without weights instance norm leaves no trace; the published network has it.
            Norm = weights["down2.model.1.weight"] is null ? null : FindNorm(weights, "down2.model.0", "down2.model.1"),
        };
    }

    private static NetworkOptions? Pixel(ForeignWeights weights)
    {
        if (Convolution(weights, "net.0") is not { } first || Convolution(weights, "net.5") is null)
            return null;
        return new()
        {
            Architecture = "pixel",
            InputChannels = first.Shape[1],
            Filters = first.Shape[0],
            Norm = FindNorm(weights, "net.2", "net.3"),
        };
    }

    // Padding before the logits moves them by one place.
    private static NetworkOptions? PyTorchGanPatch(ForeignWeights weights)
    {
        if (
            Convolution(weights, "model.0") is not { } first
            || Convolution(weights, "model.8") is null
            || weights["model.11.weight"] is not null
            || Convolution(weights, "model.12") is not { Shape: [1, ..] }
        )
            return null;
        return new()
        {
            Architecture = "pytorch-gan-patch",
            InputChannels = first.Shape[1],
            Filters = first.Shape[0],
            Norm = FindNorm(weights, "model.2", "model.3"),
        };
    }

    private static NetworkOptions? Patch(ForeignWeights weights)
    {
        if (Convolution(weights, "model.0") is not { } first)
            return null;
        bool blurred = IsBlurred(weights, "model.2");
        int second = blurred ? 3 : 2,
            strided = 0;
        // All layers but the first, with the logits counted where there are no blurs.
        while (Convolution(weights, $"model.{second + (second + 1) * strided}") is not null)
            strided++;
        if (!blurred)
            strided--;
        if (strided <= 0)
            return null;
        return new()
        {
            Architecture = blurred ? "patch-antialiased" : "patch",
            InputChannels = first.Shape[1],
            Filters = first.Shape[0],
            Layers = strided,
            Norm = FindNorm(weights, $"model.{second}", $"model.{second + 1}"),
        };
    }

    private static NetworkOptions? Vgg16(ForeignWeights weights) =>
        Convolution(weights, "features.0") is not null && Convolution(weights, "features.28") is not null
            ? new() { Architecture = "vgg16" }
            : null;

    private static ForeignTensor? Convolution(ForeignWeights weights, string name) =>
        weights[name + ".weight"] is { Shape.Length: 4 } tensor ? tensor : null;

    private static bool IsBlurred(ForeignWeights weights, string name) =>
        weights[name + BlurFilters.Suffix] is not null;

    // Batch norm has weights and running statistics, instance norm with weights has no statistics. Instance norm
    // without weights (running statistics of old files do not count) gives its convolution a bias, which no norm does
    // not.
    private static NormalizationKind FindNorm(ForeignWeights weights, string convolution, string norm)
    {
        if (weights[norm + ".weight"] is { Shape.Length: 1 })
            return weights[norm + ".running_mean"] is null ? NormalizationKind.Instance : NormalizationKind.Batch;
        return weights[convolution + ".bias"] is null ? NormalizationKind.None : NormalizationKind.Instance;
    }
}
