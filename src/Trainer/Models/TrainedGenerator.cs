using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>A generator that came out of training, in main memory.</summary>
/// <param name="Name"><c>generator</c>, or <c>generator_ab</c> and <c>generator_ba</c>.</param>
/// <param name="Graph">What it is.</param>
/// <param name="Weights">Its weights.</param>
/// <param name="Provenance">Where it comes from.</param>
/// <param name="TrainingSize">The size of the images it was trained on.</param>
public sealed record TrainedGenerator(
    string Name,
    NetworkGraph Graph,
    StateDict Weights,
    ModelProvenance Provenance,
    ImageSize? TrainingSize
);
