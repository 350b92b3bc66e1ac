namespace MlNetImageTranslation.Transforms;

/// <summary>How images of any size go through a model.</summary>
public enum TranslationMode
{
    /// <summary>
    /// The result has the image's size (times the model's scale): padded by reflection to the model's size multiple and
    /// cropped back. A model that reads one size only gets the image resized, and its result is resized back.
    /// </summary>
    KeepSize,

    /// <summary>The image is resized to the model's only or training size, and the result stays so.</summary>
    ResizeToTraining,

    /// <summary>
    /// The image is resized to the model's only or training size, and the result is resized back to the image's size.
    /// </summary>
    ResizeToTrainingAndBack,

    /// <summary>The image goes in as it is; a size that the model cannot read is an error.</summary>
    Exact,
}
