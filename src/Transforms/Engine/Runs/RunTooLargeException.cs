namespace MlNetImageTranslation.Transforms;

/// <summary>
/// A run would take more memory than <see cref="TranslationEngineOptions.MaxRunBytes"/>. Smaller tiles may need less.
/// </summary>
internal sealed class RunTooLargeException(string message)
    : ArgumentException(message, nameof(TranslationEngineOptions.MaxRunBytes));
