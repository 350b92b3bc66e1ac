using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary>Which run is scored, on what, and by what its snapshots are ordered.</summary>
/// <param name="Run">The run's folder.</param>
/// <param name="Data">The dataset; null for the run's own.</param>
/// <param name="Instances">The folder of instance images; null for the run's own, where it has one.</param>
/// <param name="Direction">The first generator's direction; null for the run's own.</param>
/// <param name="Unpaired">Whether images of the same names are no pairs.</param>
/// <param name="By">One of <see cref="EvaluationMetric.Names"/>; null for l1, and frechet where there are no
/// pairs.</param>
/// <param name="Limit">No more images than these are translated.</param>
/// <param name="Engine">How the snapshots are run.</param>
internal sealed record RunEvaluationRequest(
    string Run,
    string? Data,
    string? Instances,
    TranslationDirection? Direction,
    bool Unpaired,
    string? By,
    int? Limit,
    TranslationEngineOptions Engine
);
