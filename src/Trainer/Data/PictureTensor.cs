using System.Runtime.InteropServices;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>Between pictures and the floats in [-1, 1] that networks see; one channel where the network is gray.</summary>
internal static class PictureTensor
{
    /// <summary>Writes a picture as planes; with one channel as its luma by Pillow's weights (ITU-R 601).</summary>
    public static void Write(RgbImage image, int channels, Span<float> planes)
    {
        if (channels == 3)
        {
            PlanarConversion.ToPlanar(image.Pixels, planes);
            return;
        }
        var pixels = image.Pixels;
        for (int i = 0; i < planes.Length; i++)
        {
            int luma = (pixels[3 * i] * 19595 + pixels[3 * i + 1] * 38470 + pixels[3 * i + 2] * 7471 + 0x8000) >> 16;
            planes[i] = (luma / 255f - 0.5f) * 2f;
        }
    }

    /// <summary>The picture in gray: what a network of one channel is compared with.</summary>
    public static RgbImage Gray(RgbImage image)
    {
        var gray = new RgbImage(image.Width, image.Height);
        for (int i = 0; i < image.Pixels.Length; i += 3)
            gray.Pixels.AsSpan(i, 3).Fill((byte)(image.Pixels[i] * 19595 + image.Pixels[i + 1] * 38470 + image.Pixels[i + 2] * 7471 + 0x8000 >> 16));
        return gray;
    }

    /// <summary>A batch of one picture.</summary>
    public static Tensor ToTensor(RgbImage image, int channels, Device device)
    {
        var tensor = torch.empty([1, channels, image.Height, image.Width], dtype: torch.ScalarType.Float32);
        Write(image, channels, MemoryMarshal.Cast<byte, float>(tensor.bytes));
        return device.type == DeviceType.CPU ? tensor : tensor.to(device, disposeAfter: true);
    }

    /// <summary>The first picture of a batch; gray ones become R = G = B.</summary>
    public static RgbImage ToImage(Tensor batch)
    {
        using var scope = torch.NewDisposeScope();
        var (channels, height, width) = (batch.shape[1], (int)batch.shape[2], (int)batch.shape[3]);
        var first = batch.detach().narrow(0, 0, 1).cpu();
        if (channels == 1) first = first.expand(1, 3, height, width);
        return PlanarConversion.FromPlanar(MemoryMarshal.Cast<byte, float>(first.contiguous().bytes), width, height);
    }
}
