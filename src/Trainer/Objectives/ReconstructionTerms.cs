namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Loss terms on the generated image that the trainers on pairs may add: perceptual distance and total variation.
/// </summary>
internal sealed class ReconstructionTerms : IDisposable
{
    private readonly PairedOptions _options;
    private readonly PerceptualLoss? _perceptual;

    public ReconstructionTerms(Device device, PairedOptions options)
    {
        _options = options;
        if (options.PerceptualWeight > 0)
            _perceptual = new(options.VggWeights!, device);
        Terms =
        [
            .. _perceptual is not null ? [LossTerm.Generator("g_perceptual")] : Array.Empty<LossTerm>(),
            .. options.TotalVariationWeight > 0 ? [LossTerm.Generator("g_variation")] : Array.Empty<LossTerm>(),
        ];
    }

    /// <summary>The terms, as they are logged.</summary>
    public IReadOnlyList<LossTerm> Terms { get; }

    /// <summary>The terms in order, each times its weight.</summary>
    public IEnumerable<Tensor> Of(Tensor generated, Tensor target)
    {
        if (_perceptual is not null)
            yield return _perceptual.Of(generated, target).Times((float)_options.PerceptualWeight);
        if (_options.TotalVariationWeight > 0)
            yield return TotalVariation.Of(generated).Times((float)_options.TotalVariationWeight);
    }

    public void Dispose() => _perceptual?.Dispose();
}
