namespace MlNetImageTranslation.Imaging;

/// <summary>How the stored image must be turned to stand upright: values of Exif tag 0x0112.</summary>
internal enum ExifOrientation
{
    /// <summary>Stored upright.</summary>
    Normal = 1,

    /// <summary>Mirror left to right.</summary>
    MirrorHorizontal = 2,

    /// <summary>Rotate by 180 degrees.</summary>
    Rotate180 = 3,

    /// <summary>Mirror top to bottom.</summary>
    MirrorVertical = 4,

    /// <summary>Mirror at the main diagonal: rows become columns.</summary>
    Transpose = 5,

    /// <summary>Rotate clockwise by 90 degrees.</summary>
    Rotate90 = 6,

    /// <summary>Mirror at the other diagonal.</summary>
    Transverse = 7,

    /// <summary>Rotate clockwise by 270 degrees.</summary>
    Rotate270 = 8,
}
