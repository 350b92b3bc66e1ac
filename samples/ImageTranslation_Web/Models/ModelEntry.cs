using MlNetImageTranslation.Networks;

namespace ImageTranslation_Web;

/// <summary>A model as the page lists it.</summary>
/// <param name="Name">File name without its extension.</param>
/// <param name="Makes">What it makes of what, such as <c>horse → zebra</c>; null where nobody says.</param>
/// <param name="Architecture">From the model card, where it has one.</param>
/// <param name="Trainer">What trained it: pix2pix, cyclegan, …</param>
/// <param name="DataSet">What it was trained on, where its card says so.</param>
/// <param name="TrainingSize">WIDTHxHEIGHT of the images that it was trained on.</param>
/// <param name="Megabytes">Size of the file.</param>
/// <param name="Samples">How many images there are to try it with.</param>
internal sealed record ModelEntry(
    string Name,
    string? Makes,
    string? Architecture,
    string? Trainer,
    string? DataSet,
    string? TrainingSize,
    double Megabytes,
    int Samples
);
