using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export;

/// <summary>Puts the conversion between images and the network's numbers around a network.</summary>
internal abstract class ImageInterface(NetworkGraph graph, ImageSize? fixedSize)
{
    /// <summary>The names of the model's input and output.</summary>
    public const string InputName = "image",
        OutputName = "translated";

    /// <summary>The only size that the file will accept, or null.</summary>
    public ImageSize? FixedSize => fixedSize;

    /// <summary>Chooses the interface, and the size where the network leaves no choice.</summary>
    /// <exception cref="ArgumentException">The network has no such interface or cannot read images of that
    /// size.</exception>
    public static ImageInterface Of(NetworkGraph graph, OnnxExportOptions options)
    {
        var size =
            options.FixedSize ?? (graph.HasFixedSize ? new ImageSize(graph.Input.Width, graph.Input.Height) : null);
        if (size is { } wanted)
        {
            if (graph.HasFixedSize && (wanted.Height, wanted.Width) != (graph.Input.Height, graph.Input.Width))
                throw new ArgumentException(
                    $"Network '{graph.Name}' reads images of {graph.Input.Width}x{graph.Input.Height} only, because "
                        + $"it has a dense layer; it cannot be exported for {wanted}."
                );
            if (wanted.Height % graph.SizeMultiple != 0 || wanted.Width % graph.SizeMultiple != 0)
                throw new ArgumentException(
                    $"Network '{graph.Name}' needs sides that are multiples of {graph.SizeMultiple}; it cannot be "
                        + $"exported for {wanted}."
                );
            graph.Shapes(new(graph.Input.Channels, wanted.Height, wanted.Width));
        }
        bool images = NetworkCatalog.MapsImages(graph);
        if (options.Interface == ModelInterface.FloatNchw)
            return new FloatInterface(graph, size, images);
        return images
            ? new ByteInterface(graph, size)
            : throw new ArgumentException(
                $"Network '{graph.Name}' ({graph.Input} to {graph.Output}) does not map images of 1 or 3 channels to "
                    + "images; it has the float interface only."
            );
    }

    /// <summary>Writes the model's graph.</summary>
    public abstract GraphProto Write(NetworkLowering lowering);

    /// <summary>A dimension of the output that corresponds to one of the input.</summary>
    protected OnnxDimension OutputSide(char side)
    {
        var (input, output) =
            side == 'H' ? (graph.Input.Height, graph.Output.Height) : (graph.Input.Width, graph.Output.Width);
        if (fixedSize is not { } size)
            return input == output ? side.ToString() : side + "_out";
        var shape = graph.Shapes(new(graph.Input.Channels, size.Height, size.Width))[graph.Layers[^1].Name];
        return side == 'H' ? shape.Height : shape.Width;
    }

    /// <summary>A dimension of the input.</summary>
    protected OnnxDimension InputSide(char side) =>
        fixedSize is { } size ? (side == 'H' ? size.Height : size.Width) : side.ToString();

    /// <summary>
    /// What each of red, green and blue gives to luminance, in 65536ths: Pillow's conversion to "L", which the trainer
    /// applies to images for one-channel networks. The three sum to 65536, so that white stays white.
    /// </summary>
    internal static float[] Luminance => [19595, 38470, 7471];
}
