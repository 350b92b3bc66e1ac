using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Benchmarks.Training;

/// <summary>What some steps of one side in a row took.</summary>
/// <param name="Effort">What one step took.</param>
/// <param name="PeakMegabytes">The most memory that the side's process ever had resident.</param>
internal readonly record struct Block(Effort Effort, long PeakMegabytes);
