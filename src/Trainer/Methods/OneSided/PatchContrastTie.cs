using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// CUT's tie (models/cut_model.py, models/patchnce.py): what the generator's own encoder sees in the output is
/// compared, patch by patch, with what it sees in the input.
/// </summary>
internal sealed class PatchContrastTie : ContentTie
{
    private readonly CutTrainer.Options _options;
    private readonly TorchNetwork _generator;
    private readonly IReadOnlyList<string> _layers;
    private readonly TorchNetwork[] _heads;
    private readonly Adam[] _optimizers;

    /// <param name="options">The options.</param>
    /// <param name="generator">The generator whose encoder sees.</param>
    /// <param name="heads">One projection for every layer of the options.</param>
    public PatchContrastTie(CutTrainer.Options options, TorchNetwork generator, IReadOnlyList<TorchNetwork> heads)
    {
        _options = options;
        _generator = generator;
        _layers = SequentialLayers.Names(generator.Graph, options.ContrastLayersOrDefault);
        _heads = [.. heads];
        var adam = new AdamOptions(options.Beta1, options.Beta2, options.Epsilon);
        _optimizers = Array.ConvertAll(_heads, head => new Adam(head, adam));
        Terms = options.IdentityContrast
            ? [LossTerm.Generator("g_nce"), LossTerm.Generator("g_nce_identity")]
            : [LossTerm.Generator("g_nce")];
    }

    /// <summary>The name of the head of a layer, by its place among the layers.</summary>
    public static string HeadName(int place) => FormattableString.Invariant($"projection_{place + 1}");

    public override IReadOnlyList<LossTerm> Terms { get; }

    public override IEnumerable<(string Name, TorchNetwork Network)> Networks =>
        _heads.Select((head, place) => (HeadName(place), head));

    public override IEnumerable<(string Name, Adam Optimizer)> Optimizers =>
        _optimizers.Select((optimizer, place) => (HeadName(place), optimizer));

    public override bool TranslatesTargets => _options.IdentityContrast;

    public override bool Mirrors(long step) =>
        _options.MirrorEquivariance
        && new CounterRandom(_options.SeedOrZero, RandomStream.Mirroring, step).NextBoolean();

    public override Tensor[] Losses(OneSidedImages images)
    {
        var contrast = Contrast(images.Source, images.Translated, images, 2 * images.Step);
        return images.Identity is null
            ? [contrast]
            : [contrast, Contrast(images.Target, images.Identity, images, 2 * images.Step + 1)];
    }

    // The reference logs both whole and learns from their mean.
    public override Tensor Total(Tensor[] losses) => base.Total(losses).Over(losses.Length);

    /// <summary>The places that a pass compares in a layer of so many pixels.</summary>
    internal static long[] Places(CutTrainer.Options options, int pixels, long pass, int layer) =>
        PatchSampler.Draw(
            pixels,
            options.Patches,
            new(options.SeedOrZero, RandomStream.Patches, pass * options.ContrastLayersOrDefault.Count + layer)
        );

    private Tensor Contrast(Tensor input, Tensor output, OneSidedImages images, long pass)
    {
        var seen = _generator.Encode(output, ForwardMode.Training, _layers);
        if (images.Mirrored)
            seen = Array.ConvertAll(seen, features => features.flip(3));
        var wanted = Wanted(input);
        Tensor? sum = null;
        for (int layer = 0; layer < seen.Length; layer++)
        {
            long[] drawn = Places(_options, (int)(seen[layer].shape[2] * seen[layer].shape[3]), pass, layer);
            var places = torch.tensor(drawn, device: output.device);
            var queries = Project(_heads[layer], seen[layer], places);
            Tensor keys;
            using (torch.no_grad())
                keys = Project(_heads[layer], wanted[layer], places);
            var loss = PatchContrast.Of(queries, keys, _options.Temperature, _options.BatchNegatives);
            sum = sum is null ? loss : sum.Plus(loss);
        }
        return sum!.Times((float)(_options.ContrastWeight / seen.Length));
    }

    private Tensor[] Wanted(Tensor input)
    {
        using var unrecorded = torch.no_grad();
        return _generator.Encode(input, ForwardMode.Training, _layers);
    }

    private static Tensor Project(TorchNetwork head, Tensor features, Tensor places)
    {
        long images = features.shape[0],
            channels = features.shape[1];
        var patches = features.flatten(2).index_select(2, places).permute(0, 2, 1).reshape(-1, channels);
        var projected = head.Forward(patches, ForwardMode.Training);
        // The tiny summand keeps the root's gradient finite where all values are 0.
        var length = projected.Squared().sum([1L], keepdim: true).Plus(1e-24f).sqrt();
        return (projected / length.Plus(1e-7f)).view(images, places.shape[0], -1);
    }
}
