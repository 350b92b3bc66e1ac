namespace MlNetImageTranslation.Transforms;

/// <summary>How pictures of any size go through a model.</summary>
public enum TranslationMode
{
    /// <summary>
    /// The result has the picture's size (times the model's scale): padded by reflection to the model's size multiple and cropped back.
    /// A model that reads one size only gets the picture resized, and its result is resized back.
    /// </summary>
    KeepSize,

    /// <summary>The picture is resized to the model's only or training size, and the result stays so.</summary>
    ResizeToTraining,

    /// <summary>The picture is resized to the model's only or training size, and the result is resized back to the picture's size.</summary>
    ResizeToTrainingAndBack,

    /// <summary>The picture goes in as it is; a size that the model cannot read is an error.</summary>
    Exact,
}
