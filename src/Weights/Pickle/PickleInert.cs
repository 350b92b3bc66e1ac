namespace MlNetImageTranslation.Weights;

/// <summary>
/// Something beside the weights that is read past: a training script's options, a date, a number of numpy's. Nothing of
/// it is kept but its kind.
/// </summary>
internal sealed record PickleInert(string Kind)
{
    public override string ToString() => Kind;
}
