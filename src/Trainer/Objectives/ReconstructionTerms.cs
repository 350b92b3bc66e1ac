namespace MlNetImageTranslation.Trainer;

/// <summary>Loss terms on the generated picture that any trainer may add: perceptual distance and total variation.</summary>
internal sealed class ReconstructionTerms : IDisposable
{
    private readonly double _perceptualWeight, _variationWeight;
    private readonly PerceptualLoss? _perceptual;

    public ReconstructionTerms(Device device, double perceptualWeight, string? vggWeights, double variationWeight, int channels)
    {
        (_perceptualWeight, _variationWeight) = (perceptualWeight, variationWeight);
        if (perceptualWeight > 0) _perceptual = new(vggWeights!, device, channels);
        Names = [.. perceptualWeight > 0 ? ["g_perceptual"] : Array.Empty<string>(), .. variationWeight > 0 ? ["g_variation"] : Array.Empty<string>()];
    }

    /// <summary>The names of the terms, as they are logged.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The terms in order, each times its weight.</summary>
    public IEnumerable<Tensor> Of(Tensor generated, Tensor target)
    {
        if (_perceptual is not null) yield return _perceptual.Of(generated, target) * (float)_perceptualWeight;
        if (_variationWeight > 0) yield return TotalVariation.Of(generated) * (float)_variationWeight;
    }

    public void Dispose() => _perceptual?.Dispose();
}
