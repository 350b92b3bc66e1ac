namespace MlNetImageTranslation.Trainer;

/// <summary>One sample as the network sees it.</summary>
/// <param name="Source">The picture to translate.</param>
/// <param name="Target">What it should become (paired), or any picture of the other kind (unpaired).</param>
/// <param name="Name">For messages.</param>
internal sealed record Sample(RgbImage Source, RgbImage Target, string Name);
