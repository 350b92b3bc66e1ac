using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// Reads networks from safetensors files and PyTorch state dicts (.pth, .pt; zip and legacy format) without executing
/// anything: those that this library wrote, those of pytorch-CycleGAN-and-pix2pix, and torchvision's VGG16.
/// </summary>
internal static class CheckpointImporter
{
    private const int MaximumNamed = 8,
        MaximumUnread = 4;

    /// <inheritdoc cref="NetworkFile.Import(string, ImportOptions?)"/>
    public static NetworkFile Import(string path, ImportOptions? options) =>
        FromFile(path, stream => Import(stream, options));

    /// <inheritdoc cref="NetworkFile.Import(Stream, ImportOptions?)"/>
    public static NetworkFile Import(Stream stream, ImportOptions? options) =>
        Read(stream, file => Find(file, options ?? new()));

    /// <inheritdoc cref="NetworkFile.Load"/>
    public static NetworkFile Load(string path, NetworkGraph graph, string? entry) =>
        FromFile(path, stream => Read(stream, file => Fit(file, graph, entry)));

    private static NetworkFile Read(Stream stream, Func<ForeignFile, NetworkFile> read)
    {
        using var file = ForeignFile.Open(stream);
        return read(file);
    }

    private static NetworkFile FromFile(string path, Func<Stream, NetworkFile> read)
    {
        RegularFile.Require(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return read(stream);
        }
        catch (FormatException exception)
        {
            string shard = WeightShards.Describe(path) is { } part ? $" {part}" : "";
            throw new FormatException($"'{path}' cannot be imported.{shard} {exception.Message}", exception);
        }
    }

    private static NetworkFile Find(ForeignFile file, ImportOptions options)
    {
        if (!options.OverridesNetwork && file.Metadata.TryGetValue(NetworkFile.GraphKey, out var json))
        {
            var own = NetworkGraph.FromJson(json);
            return Fit(file, options.RunningStatistics ? Running(own, file.Weights[0]) : own, options.Entry);
        }
        var candidate = Choose(file, options);
        var graph = NetworkVariant.Of(Create(candidate.Options, options), candidate.Weights);
        return new WeightFitter(options.RunningStatistics ? Running(graph, candidate.Weights) : graph).Fit(
            candidate.Weights,
            file
        );
    }

    private static NetworkGraph Running(NetworkGraph graph, ForeignWeights weights) =>
        NetworkVariant.ByRunningStatistics(graph, weights);

    private static ForeignCandidate Choose(ForeignFile file, ImportOptions options)
    {
        var candidates = ForeignCandidate
            .Find(file)
            .Where(candidate => Matches(candidate.Weights.Path, options.Entry))
            .ToList();
        if (
            candidates.Count == 0
            && options.Architecture is { } architecture
            && Largest(file, options.Entry) is { } largest
        )
            return new(largest, new() { Architecture = NetworkCatalog.CanonicalName(architecture) });
        if (candidates.Count == 0)
            throw new FormatException(
                $"It holds no network that is known by its "
                    + $"names{(options.Entry is { } entry ? $" at '{entry}'" : "")}: U-Net, ResNet, PatchGAN or "
                    + $"pixel discriminator of pytorch-CycleGAN-and-pix2pix or CUT, networks of pix2pixHD and "
                    + $"PyTorch-GAN, or VGG16. It has {Contents(file)}"
            );
        if (candidates.Count == 1)
            return candidates[0];
        var generators = candidates.Where(candidate => candidate.IsGenerator).ToList();
        if (generators.Count == 1)
            return generators[0];
        var found = candidates.Select(candidate => $"'{candidate.Weights.Path}' ({candidate.Options.Architecture})");
        throw new FormatException(
            $"It holds several networks: {string.Join(", ", found)}. Say which by "
                + $"{nameof(ImportOptions)}.{nameof(ImportOptions.Entry)}."
        );
    }

    private static NetworkGraph Create(NetworkOptions found, ImportOptions options)
    {
        try
        {
            var graph = NetworkCatalog.Create(options.Over(found));
            // The blocks of a shallow U-Net are none of those that have dropout.
            return options.Dropout != true || graph.Layers.Any(layer => layer is DropoutLayer)
                ? graph
                : throw new ArgumentException($"Network '{graph.Name}' has no dropout.", nameof(options));
        }
        catch (ArgumentException exception) when (!options.OverridesNetwork)
        {
            throw new FormatException(
                $"It looks like a {found.Architecture}, but is none: {exception.Message}",
                exception
            );
        }
    }

    private static NetworkFile Fit(ForeignFile file, NetworkGraph graph, string? entry)
    {
        var fitter = new WeightFitter(graph);
        var fits = file
            .Weights.Where(weights => Matches(weights.Path, entry))
            .Select(weights => (Weights: weights, Missing: fitter.Missing(weights)))
            .Concat(
                ForeignCandidate
                    .Find(file)
                    .Where(candidate => Matches(candidate.Weights.Path, entry))
                    .Select(candidate => (candidate.Weights, Missing: fitter.Missing(candidate.Weights)))
            )
            .DistinctBy(fit => fit.Weights.Path)
            .OrderBy(fit => fit.Missing)
            .ToList();
        if (fits.Count == 0)
            throw new FormatException(
                $"It holds no weights{(entry is null ? "" : $" at '{entry}'")}. It has {Contents(file)}"
            );
        var whole = fits.Where(fit => fit.Missing == 0).ToList();
        if (whole.Count > 1)
            throw new FormatException(
                $"It holds several networks that fit '{graph.Name}': "
                    + $"{string.Join(", ", whole.Select(fit => $"'{fit.Weights.Path}'"))}. Say which by the entry."
            );
        return fitter.Fit(fits[0].Weights, file);
    }

    private static bool Matches(string path, string? entry) =>
        entry is null
        || path == entry
        || path.EndsWith("." + entry, StringComparison.Ordinal)
        || path.StartsWith(entry + ".", StringComparison.Ordinal);

    private static ForeignWeights? Largest(ForeignFile file, string? entry) =>
        file.Weights.Where(weights => Matches(weights.Path, entry)).MaxBy(weights => weights.Tensors.Count);

    private static string Contents(ForeignFile file)
    {
        var names = file
            .Weights.SelectMany(weights =>
                weights.Tensors.Keys.Select(name => weights.Path.Length == 0 ? name : $"{weights.Path}.{name}")
            )
            .Take(MaximumNamed + 1)
            .Select(name => name.Length > 100 ? name[..100] + "..." : name)
            .ToList();
        int count = file.Weights.Sum(weights => weights.Tensors.Count);
        string tensors =
            count == 0
                ? "no tensors"
                : $"{count} tensors: {string.Join(", ", names.Take(MaximumNamed))}"
                    + (names.Count > MaximumNamed ? ", ..." : "");
        return $"{tensors}.{Unread(file)}";
    }

    // What holds tensors comes first: the weights that somebody misses are probably in there.
    private static string Unread(ForeignFile file)
    {
        if (file.Unread.Count == 0)
            return "";
        var listed = file.Unread.OrderByDescending(unread => unread.Tensors).Take(MaximumUnread).ToList();
        return $" Not read, because only tensors and plain containers are: "
            + string.Join("; ", listed.Select(unread => unread.Description))
            + (file.Unread.Count > listed.Count ? $"; and {file.Unread.Count - listed.Count} more" : "")
            + ". "
            + (
                listed[0].IsTensor ? "Save sparse tensors by to_dense(), quantized ones by dequantize()."
                : listed[0].Tensors > 0 ? "Save the network's state_dict() instead of the network."
                : "If the weights depend on one of them, save them as plain tensors."
            );
    }
}
