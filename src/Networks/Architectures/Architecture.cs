namespace MlNetImageTranslation.Networks;

/// <summary>What the architectures share.</summary>
internal static class Architecture
{
    /// <summary>The designed side of the input, checked to be a multiple of <paramref name="multiple"/>.</summary>
    public static int Side(string name, NetworkOptions options, int defaultSide, int multiple)
    {
        int side = options.Size ?? defaultSide;
        return side % multiple == 0
            ? side
            : throw new ArgumentException(
                $"Network '{name}' needs a size that is a multiple of {multiple}, but got {side}.",
                nameof(options)
            );
    }

    /// <summary>The same network for images of another height.</summary>
    public static NetworkGraph WithHeight(NetworkGraph graph, int height)
    {
        if (height % graph.SizeMultiple != 0)
            throw new ArgumentException(
                $"Network '{graph.Name}' needs a height that is a multiple of {graph.SizeMultiple}, but got {height}.",
                nameof(height)
            );
        return height == graph.Input.Height
            ? graph
            : new NetworkGraph(graph.Name, graph.Input with { Height = height }, graph.Layers);
    }

    /// <summary>For networks whose depth is fixed or in their name.</summary>
    public static void RefuseLayers(string name, NetworkOptions options)
    {
        if (options.Layers is { } layers)
            throw new ArgumentException(
                $"Network '{name}' has its depth in its name and cannot be made with {layers} layers.",
                nameof(options)
            );
    }

    /// <summary>For networks that have no dropout.</summary>
    public static void RefuseDropout(string name, NetworkOptions options)
    {
        if (options.Dropout == true)
            throw new ArgumentException($"Network '{name}' has no dropout.", nameof(options));
    }

    /// <summary>For networks whose output has channels of its own.</summary>
    public static void RefuseOutputChannels(string name, NetworkOptions options)
    {
        if (options.OutputChannels is { } channels)
            throw new ArgumentException(
                $"Network '{name}' has the channels of its output by itself and cannot be made with {channels}.",
                nameof(options)
            );
    }
}
