namespace MlNetImageTranslation.Networks;

// The names that Generators and Discriminators list.
public static partial class NetworkCatalog
{
    /// <summary>U-Net for sides that are multiples of 128 (pix2pix paper).</summary>
    public const string UNet128 = "unet-128";

    /// <summary>U-Net for sides that are multiples of 256: pix2pix's generator.</summary>
    public const string UNet256 = "unet-256";

    /// <summary>Six residual blocks: CycleGAN's generator for images of 128 pixels.</summary>
    public const string ResNet6 = "resnet-6";

    /// <summary>Nine residual blocks: CycleGAN's generator for images of 256 pixels and more.</summary>
    public const string ResNet9 = "resnet-9";

    /// <summary>
    /// CUT's generator: nine residual blocks, and low-pass filters where the image is halved and doubled.
    /// </summary>
    public const string ResNet9Antialiased = "resnet-9-antialiased";

    /// <summary>pix2pixHD's global generator.</summary>
    public const string Pix2PixHd = "pix2pixhd";

    /// <summary>
    /// pix2pixHD's global generator with a local enhancer, for images twice as large: the global one reads them at half
    /// size. The reference has 32 filters.
    /// </summary>
    public const string Pix2PixHdLocal = "pix2pixhd-local";

    /// <summary>PyTorch-GAN's U-Net for pix2pix.</summary>
    public const string PyTorchGanUNet = "pytorch-gan-unet";

    /// <summary>PyTorch-GAN's U-Net for DiscoGAN, for sides that are multiples of 64.</summary>
    public const string PyTorchGanDiscoGan = "pytorch-gan-discogan";

    /// <summary>PyTorch-GAN's U-Net for DualGAN, for sides that are multiples of 128.</summary>
    public const string PyTorchGanDualGan = "pytorch-gan-dualgan";

    /// <summary>A U-Net without skip connections: the ablation of the pix2pix paper.</summary>
    public const string EncoderDecoder256 = "encoder-decoder-256";

    /// <summary>A U-Net with max pooling and nearest upsampling.</summary>
    public const string PlainUNet = "plain-unet";

    /// <summary>A U-Net on a frozen VGG16 encoder; its weights come from a file of their own.</summary>
    public const string Vgg16UNet = "vgg16-unet";

    /// <summary>The generator of the Keras tutorial on pix2pix.</summary>
    public const string KerasUNet256 = "keras-unet-256";

    /// <summary>The generator of the Keras tutorial on CycleGAN.</summary>
    public const string KerasResNet6 = "keras-resnet-6";

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
