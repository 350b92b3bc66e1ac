namespace MlNetImageTranslation.Trainer;

/// <summary>How images are brought to the size that is trained on (the reference's <c>--preprocess</c>).</summary>
public enum PreprocessMode
{
    /// <summary>To the load size, then a random part of the crop size.</summary>
    ResizeAndCrop,

    /// <summary>A random part of the crop size from the image as it is.</summary>
    Crop,

    /// <summary>To the width of the load size, the aspect ratio kept (height at least that of the crop).</summary>
    ScaleWidth,

    /// <summary>As <see cref="ScaleWidth"/>, then a random part of the crop size.</summary>
    ScaleWidthAndCrop,

    /// <summary>As it is, but for sides rounded to a multiple of four.</summary>
    None,
}
