using MlNetImageTranslation.Networks;

namespace ImageTranslation_Web.Translation;

/// <summary>A model as the page lists it.</summary>
/// <param name="Name">File name without its extension.</param>
/// <param name="Architecture">From the model card, where it has one.</param>
/// <param name="Trainer">What trained it: pix2pix, cyclegan, …</param>
/// <param name="Megabytes">Size of the file.</param>
internal sealed record ModelEntry(string Name, string? Architecture, string? Trainer, double Megabytes);
