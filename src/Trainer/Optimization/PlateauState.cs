namespace MlNetImageTranslation.Trainer;

/// <summary>
/// What the plateau policy remembers between epochs (torch.optim.lr_scheduler.ReduceLROnPlateau: factor 0.2, threshold
/// 0.01 relative, patience 5).
/// </summary>
/// <param name="Scale">The rate's factor by now.</param>
/// <param name="Best">The lowest value so far; null before the first.</param>
/// <param name="BadEpochs">Epochs since then.</param>
internal sealed record PlateauState(double Scale = 1, double? Best = null, int BadEpochs = 0)
{
    private const double Factor = 0.2,
        Threshold = 0.01;
    private const int Patience = 5;

    /// <summary>The state after an epoch that ended with this value (lower is better).</summary>
    public PlateauState After(double value)
    {
        if (Best is not { } best || value < best * (1 - Threshold))
            return this with { Best = value, BadEpochs = 0 };
        return BadEpochs < Patience
            ? this with
            {
                BadEpochs = BadEpochs + 1,
            }
            : this with
            {
                Scale = Scale * Factor,
                BadEpochs = 0,
            };
    }
}
