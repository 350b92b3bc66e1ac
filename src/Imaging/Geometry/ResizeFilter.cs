namespace MlNetImageTranslation.Imaging;

/// <summary>
/// The kernel of a resize. All but <see cref="Nearest"/> widen with the reduction, so that shrinking does not alias.
/// </summary>
public enum ResizeFilter
{
    /// <summary>The pixel under the centre of the new one.</summary>
    Nearest,

    /// <summary>Area average.</summary>
    Box,

    /// <summary>Triangle, support 1.</summary>
    Bilinear,

    /// <summary>Keys' cubic with a = -0.5, support 2: what pix2pix and CycleGAN resize with.</summary>
    Bicubic,

    /// <summary>Windowed sinc, support 3.</summary>
    Lanczos,
}
