namespace MlNetImageTranslation.Trainer;

/// <summary>Training cannot go on: a loss is not a finite number.</summary>
public sealed class TrainingFailedException(string message) : Exception(message);
