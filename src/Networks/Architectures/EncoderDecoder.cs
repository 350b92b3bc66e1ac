namespace MlNetImageTranslation.Networks;

/// <summary>The U-Net without its skips: the ablation of the pix2pix paper (section 4.3, appendix 6.1.1).</summary>
internal static class EncoderDecoder
{
    public static NetworkGraph Create(string name, int size, NetworkOptions options) =>
        UNet.Create(name, size, options, skips: false);
}
