using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Export.Tests;

/// <summary>Every architecture of the catalog, narrow and small, and its variants; each with the norm statistics that it is exported with.</summary>
internal static class ArchitectureCases
{
    public sealed record Case(NetworkOptions Options, NormalizationStatistics Statistics)
    {
        public NetworkGraph Graph { get; } = NetworkCatalog.Create(Options);

        public long[] InputShape => [2, Graph.Input.Channels, Graph.Input.Height, Graph.Input.Width];
    }

    public static IReadOnlyDictionary<string, Case> All { get; } = Make();

    private static Dictionary<string, Case> Make()
    {
        var cases = new Dictionary<string, Case>();
        void Add(string suffix, NetworkOptions options)
        {
            foreach (var statistics in Enum.GetValues<NormalizationStatistics>())
                cases[$"{options.Architecture}{suffix}.{statistics}"] = new(options, statistics);
        }
        foreach (var name in NetworkCatalog.Names)
            Add("", new() { Architecture = name, Filters = name.StartsWith("vgg", StringComparison.Ordinal) ? 8 : 4, Size = SmallestSize(name) });
        Add(".instance", new() { Architecture = "unet-32", Filters = 4, Norm = Norm.Instance });
        Add(".none", new() { Architecture = "unet-32", Filters = 4, Norm = Norm.None });
        Add(".gray", new() { Architecture = "unet-32", Filters = 4, InputChannels = 1, OutputChannels = 1 });
        Add(".batch", new() { Architecture = "resnet-2", Filters = 4, Norm = Norm.Batch, Size = 32, Dropout = true });
        Add(".resize", new() { Architecture = "resnet-2", Filters = 4, ResizeConvolution = true, Size = 32 });
        Add(".5", new() { Architecture = "patch", Filters = 4, Layers = 2, Norm = Norm.Instance, InputChannels = 3, Size = 64 });
        return cases;
    }

    private static int? SmallestSize(string name) => name switch
    {
        "resnet-6" or "resnet-9" or "keras-resnet-6" or "vgg16-unet" or "pixel" => 32,
        "patch" or "plain-unet" or "image" or "keras-patch" or "keras-cyclegan-patch" => 64,
        _ => null,
    };
}
