using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>
/// VGG16 in PyTorch as torchvision has it (configuration D, ImageNet's normalization), with random weights.
/// </summary>
internal static class Vgg
{
    /// <summary>
    /// Python: the module's convolutions and <c>vgg_features(images)</c>, the outputs of relu1_2, relu2_2, relu3_3 and
    /// relu4_3 for images in [-1, 1].
    /// </summary>
    public const string Script = """
        def vgg_convolutions():
            torch.manual_seed(3)
            layers, channels, index = {}, 3, 0
            for width in [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512]:
                if width == 0: index += 1; continue
                layers[index] = torch.nn.Conv2d(channels, width, 3, padding=1)
                torch.nn.init.kaiming_normal_(layers[index].weight); torch.nn.init.normal_(layers[index].bias, std=0.1)
                layers[index].requires_grad_(False)
                index += 2; channels = width
            return layers
        vgg = vgg_convolutions()
        def vgg_features(images):
            x = (images * 0.5 + 0.5 - torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)) / torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
            found = []
            for index in range(23):
                if index in (4, 9, 16): x = torch.nn.functional.max_pool2d(x, 2)
                elif index in vgg: x = vgg[index](x)
                else: x = torch.relu(x)
                if index in (3, 8, 15, 22): found.append(x)
            return found

        """;

    /// <summary>
    /// Writes the weights under torchvision's names, as safetensors or, where the file is called so, as <c>.pth</c>.
    /// </summary>
    public static string Write(TemporaryFolder folder, string name)
    {
        PythonOracle.Run(
            GraphInterpreter.Script
                + Script
                + """
                state = {'features.%d.%s' % (i, n): t for i, layer in vgg.items() for n, t in (('weight', layer.weight), ('bias', layer.bias))}
                torch.save(state, sys.argv[1]) if sys.argv[1].endswith('.pth') else save(sys.argv[1], state)
                """,
            folder.File(name)
        );
        return folder.File(name);
    }
}
