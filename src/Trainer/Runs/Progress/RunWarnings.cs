namespace MlNetImageTranslation.Trainer;

/// <summary>Warnings before the first step of a run.</summary>
internal static class RunWarnings
{
    /// <summary>Reports a warning, where somebody listens.</summary>
    public static void Warn(this IProgress<TrainingProgress>? progress, TrainingOptions options, string message) =>
        progress?.Report(
            new()
            {
                Event = TrainingEvent.Warning,
                Step = 0,
                TotalSteps = 0,
                Epoch = 1,
                TotalEpochs = options.Epochs + options.DecayEpochs,
                Message = message,
            }
        );
}
