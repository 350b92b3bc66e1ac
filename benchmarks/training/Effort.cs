namespace MlNetImageTranslation.Benchmarks.Training;

/// <summary>What a step takes: seconds, and seconds of all processors together.</summary>
internal readonly record struct Effort(double Seconds, double ProcessorSeconds);
