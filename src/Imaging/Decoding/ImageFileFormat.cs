namespace MlNetImageTranslation.Imaging;

/// <summary>The image file formats that are read.</summary>
public enum ImageFileFormat
{
    /// <summary>JPEG (JFIF, Exif), baseline and progressive.</summary>
    Jpeg,

    /// <summary>Portable Network Graphics.</summary>
    Png,

    /// <summary>Windows bitmap.</summary>
    Bmp,

    /// <summary>WebP, still images, lossy and lossless.</summary>
    WebP,

    /// <summary>Tagged Image File Format, the first image of a file.</summary>
    Tiff,
}
