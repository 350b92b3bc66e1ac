namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The learning rate of every epoch (models/networks.py, get_scheduler; the scheduler steps at the end of an epoch).
/// </summary>
/// <param name="Policy">How it changes.</param>
/// <param name="Epochs">Epochs at the full rate (linear), or the length of the half wave (cosine).</param>
/// <param name="DecayEpochs">Epochs over which it falls in a line.</param>
/// <param name="DecayEvery">Epochs between steps.</param>
internal sealed record LearningRateSchedule(LearningRatePolicy Policy, int Epochs, int DecayEpochs, int DecayEvery)
{
    /// <summary>The factor of the base rate.</summary>
    /// <param name="epoch">Epochs finished before this one.</param>
    /// <param name="plateau">What the plateau policy remembers.</param>
    public double Scale(int epoch, PlateauState plateau) =>
        Policy switch
        {
            LearningRatePolicy.Linear => 1 - Math.Max(0, epoch + 1 - Epochs) / (double)(DecayEpochs + 1),
            LearningRatePolicy.Step => Math.Pow(0.1, epoch / DecayEvery),
            LearningRatePolicy.Cosine => (1 + Math.Cos(Math.PI * epoch / Math.Max(1, Epochs))) / 2,
            _ => plateau.Scale,
        };
}
