using System.Globalization;
using System.Text.RegularExpressions;

namespace MlNetImageTranslation.Networks;

/// <summary>The architectures by name.</summary>
public static partial class NetworkCatalog
{
    // Beyond any network, and small enough for products of two to fit.
    private const int Largest = 1 << 15;

    private static readonly string[] s_generators =
    [
        UNet128,
        UNet256,
        ResNet6,
        ResNet9,
        ResNet9Antialiased,
        Pix2PixHd,
        Pix2PixHdLocal,
        EncoderDecoder256,
        PlainUNet,
        Vgg16UNet,
        PyTorchGanUNet,
        PyTorchGanDiscoGan,
        PyTorchGanDualGan,
        KerasUNet256,
        KerasResNet6,
    ];

    private static readonly string[] s_discriminators =
    [
        Patch,
        PatchAntialiased,
        Pix2PixHdPatch,
        Pixel,
        Image,
        PyTorchGanPatch,
        KerasPatch,
        KerasCycleGanPatch,
    ];

    /// <summary>
    /// The names of generators, such as <see cref="UNet256"/>. The numbers may be others: a U-Net or encoder-decoder of
    /// any power of two, a ResNet of any number of blocks, a local enhancer of any two numbers
    /// (<c>pix2pixhd-local-5-2</c>).
    /// </summary>
    public static IReadOnlyList<string> Generators => s_generators;

    /// <summary>The names of discriminators, such as <see cref="Patch"/>.</summary>
    public static IReadOnlyList<string> Discriminators => s_discriminators;

    /// <summary>
    /// All names: generators, discriminators, the composite that Keras trains its generator through, and VGG16's
    /// features.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } =
    [.. s_generators, .. s_discriminators, "keras-pix2pix", "vgg16"];

    /// <summary>Makes a network.</summary>
    /// <exception cref="ArgumentException">The architecture is unknown (the message lists the known ones), or it cannot
    /// be made with these options.</exception>
    public static NetworkGraph Create(NetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var name = CanonicalName(options.Architecture);
        CheckPositive(options.InputChannels, nameof(options.InputChannels));
        CheckPositive(options.OutputChannels, nameof(options.OutputChannels));
        CheckPositive(options.Filters, nameof(options.Filters));
        CheckPositive(options.Layers, nameof(options.Layers));
        CheckPositive(options.Size, nameof(options.Size));
        CheckPositive(options.Height, nameof(options.Height));
        if (name.StartsWith("keras-", StringComparison.Ordinal) && options.Norm is { } norm)
            throw new ArgumentException(
                $"Network '{name}' has its own normalization and cannot be made with norm '{norm}'.",
                nameof(options)
            );
        if (options.ResizeConvolution && !name.StartsWith("resnet", StringComparison.Ordinal) && name != "pix2pixhd")
            throw new ArgumentException(
                $"Network '{name}' has no resize convolutions; resnet generators have.",
                nameof(options)
            );

        if (s_discriminators.Contains(name))
            Architecture.RefuseOutputChannels(name, options);

        var graph = name switch
        {
            "pix2pixhd" => ResNet.Create(name, 9, options with { Layers = options.Layers ?? 4 }),
            "pytorch-gan-unet" or "pytorch-gan-discogan" or "pytorch-gan-dualgan" => Networks.PyTorchGanUNet.Create(
                name,
                options
            ),
            "plain-unet" => Networks.PlainUNet.Create(name, options),
            "vgg16-unet" => Networks.Vgg16UNet.Create(name, options),
            "vgg16" => Vgg16.Create(name, options),
            "patch" or "patch-antialiased" or PatchDiscriminator.Pix2PixHd => PatchDiscriminator.Create(name, options),
            "pytorch-gan-patch" => Networks.PyTorchGanPatch.Create(name, options),
            "pixel" => PixelDiscriminator.Create(name, options),
            "image" => ImageDiscriminator.Create(name, options),
            "keras-unet-256" => KerasUNet.Create(name, options),
            "keras-patch" => KerasPatchDiscriminator.Create(name, options),
            "keras-pix2pix" => KerasPix2Pix.Create(name, options),
            "keras-resnet-6" => KerasResNet.Create(name, options),
            "keras-cyclegan-patch" => KerasCycleGanDiscriminator.Create(name, options),
            _ when LocalEnhancer.IsName(name) => LocalEnhancer.Create(name, options),
            _ => CreateNumbered(name, options),
        };
        return options.Height is { } height ? Architecture.WithHeight(graph, height) : graph;
    }

    /// <summary>Makes a network with the architecture's own choices.</summary>
    /// <exception cref="ArgumentException">The architecture is unknown; the message lists the known ones.</exception>
    public static NetworkGraph Create(string architecture) =>
        Create(new NetworkOptions { Architecture = architecture });

    /// <summary>
    /// Whether a network makes images of images: 1 or 3 channels in and out, and sides that are multiples of the
    /// input's. Discriminators do not, even where their map of logits has such a shape.
    /// </summary>
    public static bool MapsImages(NetworkGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return !s_discriminators.Contains(graph.Name)
            && graph.Input.Channels is 1 or 3
            && graph.Output.Channels is 1 or 3
            && graph.Output.Height % graph.Input.Height == 0
            && graph.Output.Width % graph.Input.Width == 0;
    }

    /// <summary>
    /// Our name of an architecture: itself, or what the reference's <c>--netG</c> and <c>--netD</c> names
    /// (<c>resnet_9blocks</c>, <c>basic</c>) and pix2pixHD's (<c>global</c>, <c>local</c>) mean.
    /// </summary>
    public static string CanonicalName(string architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        var name = architecture.Trim().ToLowerInvariant().Replace('_', '-');
        return name switch
        {
            "basic" or "n-layers" => "patch",
            "global" => "pix2pixhd",
            "local" => LocalEnhancer.Name,
            _ => ReferenceResNet().Replace(name, "$1"),
        };
    }

    private static NetworkGraph CreateNumbered(string name, NetworkOptions options)
    {
        var match = NumberedName().Match(name);
        if (
            !match.Success
            || !int.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            || number < 1
        )
            throw new ArgumentException(
                $"There is no network named '{options.Architecture}'.{Suggestions.For(name, Names)} Known are: "
                    + $"{string.Join(", ", Names)}; unet "
                    + $"and encoder-decoder with any power of two, resnet with any number of blocks, antialiased or not.",
                nameof(options)
            );
        CheckPositive(match.Groups[1].Value == "resnet" ? number : null, "The number of blocks");
        return match.Groups[1].Value switch
        {
            "unet" => UNet.Create(name, number, options),
            "encoder-decoder" => EncoderDecoder.Create(name, number, options),
            _ => ResNet.Create(name, number, options),
        };
    }

    private static void CheckPositive(int? value, string name)
    {
        if (value is < 1 or > Largest)
            throw new ArgumentException(
                $"{name} of a network must be 1 to {Largest}, but is {value}.",
                nameof(NetworkOptions)
            );
    }

    [GeneratedRegex("^(unet|encoder-decoder|resnet)-([0-9]+)((?<=resnet-[0-9]+)-antialiased)?$")]
    private static partial Regex NumberedName();

    [GeneratedRegex("^(resnet-[0-9]+)blocks$")]
    private static partial Regex ReferenceResNet();
}
