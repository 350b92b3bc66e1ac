using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlNetImageTranslation.Imaging;

/// <summary>
/// Antialiased resizing, the same as Pillow's: columns first, then rows, 8 bits between the two. ML.NET's own
/// ResizeImages takes the nearest pixel, which is a different image than the one that a network was trained on.
/// </summary>
internal static class ImageResizer
{
    private const int Rounding = 1 << (ResizeCoefficients.PrecisionBits - 1);

    /// <inheritdoc cref="RgbImage.Resize"/>
    public static RgbImage Resize(RgbImage image, int width, int height, ResizeFilter filter = ResizeFilter.Bicubic)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (!Enum.IsDefined(filter))
            throw new ArgumentOutOfRangeException(nameof(filter), filter, "Unknown resize filter.");
        if (width == image.Width && height == image.Height)
            return image;
        if (filter == ResizeFilter.Nearest)
            return Nearest(image, width, height);

        var vertical = height == image.Height ? null : ResizeCoefficients.Create(image.Height, height, filter);
        // Only the rows that the vertical pass will read are resized horizontally.
        var firstRow = vertical?.Starts[0] ?? 0;
        var lastRow = vertical is null ? image.Height : vertical.Starts[^1] + vertical.Counts[^1];
        if (width != image.Width)
        {
            image = Horizontal(
                image,
                width,
                firstRow,
                lastRow - firstRow,
                ResizeCoefficients.Create(image.Width, width, filter)
            );
        }
        else
        {
            firstRow = 0;
        }
        return vertical is null ? image : Vertical(image, height, firstRow, vertical);
    }

    private static RgbImage Horizontal(
        RgbImage image,
        int width,
        int firstRow,
        int rows,
        ResizeCoefficients coefficients
    )
    {
        var result = RgbImage.Uninitialized(width, rows);
        // One spare byte lets every pixel be loaded as 4 bytes.
        var line = new byte[image.Width * 3 + 1];
        for (var y = 0; y < rows; y++)
        {
            image.Row(firstRow + y).CopyTo(line);
            ref var source = ref MemoryMarshal.GetArrayDataReference(line);
            var target = result.Row(y);
            for (var x = 0; x < width; x++)
            {
                var weights = coefficients.Weights.AsSpan(x * coefficients.Stride, coefficients.Counts[x]);
                ref var pixel = ref Unsafe.Add(ref source, coefficients.Starts[x] * 3);
                var sum = Vector128.Create(Rounding);
                foreach (var weight in weights)
                {
                    var samples = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(ref pixel)).AsByte();
                    sum += Vector128.WidenLower(Vector128.WidenLower(samples)).AsInt32() * weight;
                    pixel = ref Unsafe.Add(ref pixel, 3);
                }
                target[x * 3] = Clip(sum[0]);
                target[x * 3 + 1] = Clip(sum[1]);
                target[x * 3 + 2] = Clip(sum[2]);
            }
        }
        return result;
    }

    private static RgbImage Vertical(RgbImage image, int height, int firstRow, ResizeCoefficients coefficients)
    {
        var result = RgbImage.Uninitialized(image.Width, height);
        var stride = image.Width * 3;
        for (var y = 0; y < height; y++)
        {
            var weights = coefficients.Weights.AsSpan(y * coefficients.Stride, coefficients.Counts[y]);
            var source = image.Pixels.AsSpan((coefficients.Starts[y] - firstRow) * stride, weights.Length * stride);
            var target = result.Row(y);
            var x = 0;
            for (; x + 8 <= stride; x += 8)
            {
                var sum = Vector256.Create(Rounding);
                for (var k = 0; k < weights.Length; k++)
                {
                    var samples = Vector128
                        .CreateScalarUnsafe(MemoryMarshal.Read<ulong>(source[(k * stride + x)..]))
                        .AsByte();
                    sum +=
                        Vector256.WidenLower(Vector128.WidenLower(samples).ToVector256Unsafe()).AsInt32() * weights[k];
                }
                var levels = Vector256.Min(
                    Vector256.Max(sum >> ResizeCoefficients.PrecisionBits, Vector256<int>.Zero),
                    Vector256.Create(255)
                );
                var words = Vector128.Narrow(levels.GetLower(), levels.GetUpper()).AsUInt16();
                MemoryMarshal.Write(target[x..], Vector128.Narrow(words, words).AsUInt64().ToScalar());
            }
            for (; x < stride; x++)
            {
                var sum = Rounding;
                for (var k = 0; k < weights.Length; k++)
                    sum += source[k * stride + x] * weights[k];
                target[x] = Clip(sum);
            }
        }
        return result;
    }

    private static RgbImage Nearest(RgbImage image, int width, int height)
    {
        var result = RgbImage.Uninitialized(width, height);
        var columns = new int[width];
        double step = (double)image.Width / width,
            at = step * 0.5;
        for (var x = 0; x < width; x++, at += step)
            columns[x] = Math.Min((int)at, image.Width - 1) * 3;
        step = (double)image.Height / height;
        at = step * 0.5;
        for (var y = 0; y < height; y++, at += step)
        {
            var source = image.Row(Math.Min((int)at, image.Height - 1));
            var target = result.Row(y);
            for (var x = 0; x < width; x++)
                source.Slice(columns[x], 3).CopyTo(target[(x * 3)..]);
        }
        return result;
    }

    private static byte Clip(int sum) => (byte)Math.Clamp(sum >> ResizeCoefficients.PrecisionBits, 0, 255);
}
