namespace MlNetImageTranslation.Transforms;

/// <summary>The values that a model gave for some images, beside those that are taken for black and white.</summary>
/// <param name="RawMinimum">The least value of the model's own output.</param>
/// <param name="RawMaximum">Its largest value.</param>
/// <param name="Minimum">The least value after <see cref="TranslationEngineOptions.OutputActivation"/>.</param>
/// <param name="Maximum">The largest value after it.</param>
/// <param name="Black">What is taken for black.</param>
/// <param name="White">What is taken for white.</param>
public sealed record ObservedRange(
    float RawMinimum,
    float RawMaximum,
    float Minimum,
    float Maximum,
    float Black,
    float White
);
