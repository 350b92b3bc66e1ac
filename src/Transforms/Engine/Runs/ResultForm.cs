namespace MlNetImageTranslation.Transforms;

/// <summary>What a result is made for.</summary>
internal enum ResultForm
{
    /// <summary>For whoever takes RGB, or changes it.</summary>
    Rgb,

    /// <summary>For whoever makes an MLImage of it.</summary>
    MLImage,
}
