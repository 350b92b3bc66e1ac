using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>VGG16's convolutional part, under torchvision's names.</summary>
internal static class VggEncoder
{
    /// <summary>The part from images in [-1, 1] to the layer named.</summary>
    public static NetworkGraph Graph(string lastLayer)
    {
        var whole = NetworkCatalog.Create("vgg16-unet");
        var layers = whole.Layers.TakeWhile(layer => layer.Name != lastLayer).Append(whole[lastLayer]);
        return new("vgg16-features", whole.Input, [.. layers]);
    }

    /// <summary>
    /// The weights that a graph wants, from a file with torchvision's VGG16 (safetensors or PyTorch).
    /// </summary>
    /// <exception cref="FormatException">The file is not sound, or lacks some of VGG16's tensors; the message names
    /// them.</exception>
    public static StateDict Load(string path, NetworkGraph graph) =>
        Select(NetworkFile.Load(path, NetworkCatalog.Create("vgg16")).Weights, graph);

    /// <summary>The weights that a graph wants, out of a file that may hold more (a classifier).</summary>
    /// <exception cref="ArgumentException">Some are missing; the message names them.</exception>
    public static StateDict Select(StateDict file, NetworkGraph graph)
    {
        var state = new StateDict();
        foreach (var spec in graph.Parameters)
            if (file.TryGet(spec.Name, out var tensor))
                state[spec.Name] = tensor;
        state.Check(graph);
        return state;
    }
}
