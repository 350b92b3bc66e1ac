using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export.Tests;

/// <summary>
/// Every architecture of the catalog, narrow and small, and its variants; each with the norm statistics that it is
/// exported with.
/// </summary>
internal static class ArchitectureCases
{
    public sealed record Case(NetworkGraph Graph, NormalizationStatistics Statistics)
    {
        /// <summary>The option that asks for these statistics; null where the network has no choice.</summary>
        public NormalizationStatistics? Option =>
            Graph
                .Layers.OfType<NormalizationLayer>()
                .Any(norm =>
                    Statistics == NormalizationStatistics.Image
                    || (norm.RunningStatistics && !norm.AlwaysBatchStatistics)
                )
                ? Statistics
                : null;

        public long[] InputShape => [2, Graph.Input.Channels, Graph.Input.Height, Graph.Input.Width];
    }

    public static IReadOnlyDictionary<string, Case> All { get; } = Make();

    private static Dictionary<string, Case> Make()
    {
        var cases = new Dictionary<string, Case>();
        void Add(string suffix, NetworkOptions options) =>
            AddGraph(options.Architecture + suffix, NetworkCatalog.Create(options));
        void AddGraph(string name, NetworkGraph graph)
        {
            foreach (var statistics in Enum.GetValues<NormalizationStatistics>())
                cases[$"{name}.{statistics}"] = new(graph, statistics);
        }
        foreach (var name in NetworkCatalog.Names)
            Add(
                "",
                new()
                {
                    Architecture = name,
                    Filters = name switch
                    {
                        "vgg16" => null,
                        "vgg16-unet" => 8,
                        _ => 4,
                    },
                    Size = SmallestSize(name),
                }
            );
        Add(
            ".instance",
            new()
            {
                Architecture = "unet-32",
                Filters = 4,
                Norm = NormalizationKind.Instance,
            }
        );
        Add(
            ".none",
            new()
            {
                Architecture = "unet-32",
                Filters = 4,
                Norm = NormalizationKind.None,
            }
        );
        Add(
            ".gray",
            new()
            {
                Architecture = "unet-32",
                Filters = 4,
                InputChannels = 1,
                OutputChannels = 1,
            }
        );
        Add(
            ".batch",
            new()
            {
                Architecture = "resnet-2",
                Filters = 4,
                Norm = NormalizationKind.Batch,
                Size = 32,
                Dropout = true,
            }
        );
        Add(
            ".resize",
            new()
            {
                Architecture = "resnet-2",
                Filters = 4,
                ResizeConvolution = true,
                Size = 32,
            }
        );
        Add(
            ".5",
            new()
            {
                Architecture = "patch",
                Filters = 4,
                Layers = 2,
                Norm = NormalizationKind.Instance,
                InputChannels = 3,
                Size = 64,
            }
        );
        AddGraph("all-layers", AllLayers());
        return cases;
    }

    // What no architecture has: every other kind of layer and setting, asymmetric windows, a convolution read twice, a
    // norm after something else.
    private static NetworkGraph AllLayers()
    {
        var builder = new NetworkBuilder("all-layers", new(3, 20, 24))
            .Pad("replicate", new(1, 2, 3, 0), PaddingMode.Replicate)
            .Pad("zero", new(0, 1, 0, 0), PaddingMode.Zero)
            .Pad("reflect", new(2, 0, 1, 3), PaddingMode.Reflect)
            .Convolution("read-twice", 4, 3, 2, new(0, 1, 2, 1))
            .Normalization("after-read-twice", NormalizationKind.Batch)
            .LeakyRelu("leaky", 0.3f)
            .Sum("sum", "leaky", "read-twice", "leaky")
            .Add(
                new PoolingLayer
                {
                    Name = "average",
                    Inputs = ["sum"],
                    Kind = PoolingKind.Average,
                    KernelSize = 3,
                    Stride = 2,
                    Padding = new(1, 0, 1, 1),
                }
            )
            .Add(
                new PoolingLayer
                {
                    Name = "max",
                    Inputs = ["average"],
                    Kind = PoolingKind.Max,
                    KernelSize = 3,
                    Stride = 1,
                    Padding = new(1, 1, 0, 1),
                }
            )
            .Normalization("after-pool", NormalizationKind.Batch)
            .Upsample("bilinear", 3, UpsamplingMode.Bilinear)
            .Scale("scale", [1, 2, -1, 0.5f], [0, 0.5f, 1, -1])
            .TransposedConvolution("same", 5, 3, 2, Padding.Same(3, 2))
            .Normalization("after-transposed", NormalizationKind.Batch)
            .Relu("relu")
            .TransposedConvolution("asymmetric", 3, 4, 2, new(0, 1, 2, 3));
        return builder
            .Add(
                new ActivationLayer
                {
                    Name = "sigmoid",
                    Inputs = [builder.Last],
                    Kind = ActivationKind.Sigmoid,
                }
            )
            .Build();
    }

    private static int? SmallestSize(string name) =>
        name switch
        {
            "resnet-6" or "resnet-9" or "resnet-9-antialiased" or "keras-resnet-6" or "vgg16-unet" or "pixel" => 32,
            "patch"
            or "patch-antialiased"
            or "pix2pixhd-patch"
            or "pytorch-gan-patch"
            or "plain-unet"
            or "image"
            or "keras-patch"
            or "keras-cyclegan-patch" => 64,
            // At its smallest the norms would divide by the deviation of four pixels, which multiplies rounding errors.
            "pix2pixhd" => 128,
            "pix2pixhd-local" => 256,
            _ => null,
        };
}
