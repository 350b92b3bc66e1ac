using System.Runtime.InteropServices;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Between images and the floats in [-1, 1] that networks see; one channel where the network is gray.
/// </summary>
internal static class ImageTensor
{
    /// <summary>Writes an image as planes; with one channel as its luma by Pillow's weights (ITU-R 601).</summary>
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
            byte luma = Luma.Of(pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]);
            planes[i] = (luma / 255f - 0.5f) * 2f;
        }
    }

    /// <summary>
    /// Writes an image and, where there is one, the instance image after it, each with its half of the channels.
    /// </summary>
    public static void Write(RgbImage image, RgbImage? instances, int channels, Span<float> planes)
    {
        if (instances is null)
        {
            Write(image, channels, planes);
            return;
        }
        int half = planes.Length / 2;
        Write(image, channels / 2, planes[..half]);
        Write(instances, channels / 2, planes[half..]);
    }

    /// <summary>A batch of one image.</summary>
    public static Tensor ToTensor(RgbImage image, int channels, Device device) =>
        ToTensor(image, null, channels, device);

    /// <summary>A batch of one image and, where there is one, its instance image.</summary>
    public static Tensor ToTensor(RgbImage image, RgbImage? instances, int channels, Device device)
    {
        var tensor = torch.empty([1, channels, image.Height, image.Width], dtype: torch.ScalarType.Float32);
        Write(image, instances, channels, MemoryMarshal.Cast<byte, float>(tensor.bytes));
        return device.type == DeviceType.CPU ? tensor : tensor.to(device, disposeAfter: true);
    }

    /// <summary>The first image of a batch; gray ones become R = G = B.</summary>
    public static RgbImage ToImage(Tensor batch)
    {
        using var scope = torch.NewDisposeScope();
        var (channels, height, width) = (batch.shape[1], (int)batch.shape[2], (int)batch.shape[3]);
        var first = batch.detach().narrow(0, 0, 1).cpu();
        if (channels == 1)
            first = first.expand(1, 3, height, width);
        return PlanarConversion.FromPlanar(MemoryMarshal.Cast<byte, float>(first.contiguous().bytes), width, height);
    }
}
