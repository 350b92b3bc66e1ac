namespace MlNetImageTranslation.Trainer;

/// <summary>Well-known discriminators, for <see cref="IAdversarialOptions.Discriminator"/>.</summary>
public static class DiscriminatorNames
{
    /// <summary>PatchGAN: judges overlapping patches, of 70 pixels with three strided layers.</summary>
    public const string Patch = "patch";

    /// <summary>CUT's PatchGAN: low-pass filters halve the image instead of strides.</summary>
    public const string PatchAntialiased = "patch-antialiased";

    /// <summary>pix2pixHD's PatchGAN, for several scales.</summary>
    public const string Pix2PixHdPatch = "pix2pixhd-patch";

    /// <summary>Judges every pixel by itself.</summary>
    public const string Pixel = "pixel";

    /// <summary>Judges the image as a whole, with one logit.</summary>
    public const string Image = "image";

    /// <summary>PyTorch-GAN's discriminator of patches.</summary>
    public const string PyTorchGanPatch = "pytorch-gan-patch";

    /// <summary>The discriminator of the Keras tutorial on pix2pix.</summary>
    public const string KerasPatch = "keras-patch";

    /// <summary>The discriminator of the Keras tutorial on CycleGAN.</summary>
    public const string KerasCycleGanPatch = "keras-cyclegan-patch";
}
