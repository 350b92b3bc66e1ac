using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics.Tensors;

namespace MlNetImageTranslation.Imaging;

/// <summary>
/// PNG files of 16 bits a sample whose samples are really narrower, such as the 10 or 12 bits of a sensor. The
/// specification wants such samples scaled to 16 bits and their number of bits declared (sBIT), but many programs write
/// them as they are. Of 12 bits, 16 gray levels would be left.
/// </summary>
internal static class WidePng
{
    /// <summary>The largest 8-bit level of samples of 15 bits, and of 12 bits.</summary>
    private const int LargestOf15Bits = 127,
        LargestOf12Bits = 15;

    private const byte Gray = 0,
        Rgb = 2,
        GrayAlpha = 4,
        Rgba = 6;

    /// <summary>
    /// The image as it was decoded where its samples use the range or are scaled as the specification says; else it is
    /// made from the file again, stretched by its declared bits.
    /// </summary>
    /// <param name="file">The PNG file; it was decoded before.</param>
    /// <param name="image">What was decoded.</param>
    /// <param name="name">Names the image in messages.</param>
    /// <exception cref="FormatException">12 bits or fewer are used and no number of bits is declared.</exception>
    public static RgbImage Stretch(ReadOnlySpan<byte> file, RgbImage image, string name)
    {
        int largestLevel = TensorPrimitives.Max<byte>(image.Pixels);
        if (largestLevel > LargestOf15Bits)
            return image;
        int? declared = DeclaredBits(file);
        if (declared is null && largestLevel > LargestOf12Bits)
            return image;
        ushort[]? samples = ReadSamples(file, image.Width, image.Height);
        if (samples is null)
            return largestLevel is 0 or > LargestOf12Bits ? image : throw Narrow(name, "few");
        int largest = TensorPrimitives.Max<ushort>(samples);
        if (largest == 0)
            return image;
        if (declared is not { } bits || largest >= 1 << bits)
            return largestLevel > LargestOf12Bits ? image : throw Narrow(name, $"none over {largest}");
        // A dark image that was scaled as it should be has its high bits again in the low ones, or
        // zeros there.
        if (samples.All(sample => IsScaled(sample, bits)))
            return image;
        return Scale(samples, (1 << bits) - 1, image.Width, image.Height);
    }

    /// <summary>Reads all bits of the samples of a file.</summary>
    /// <param name="file">A complete PNG file of 16 bits, whose size is within the limits.</param>
    /// <param name="header">Its header.</param>
    /// <param name="name">Names the image in messages.</param>
    /// <param name="make">Makes what takes the samples.</param>
    /// <exception cref="FormatException">It is interlaced, or damaged.</exception>
    public static T Read<T>(ReadOnlySpan<byte> file, ImageHeader header, string name, Func<SampleLayout, T> make)
        where T : ISampleRows
    {
        using var data = new MemoryStream();
        byte kind = 0;
        var chunks = new PngChunks(file);
        while (chunks.Next())
        {
            if (chunks.Type.SequenceEqual("IHDR"u8))
            {
                kind = chunks.Data[9];
                if (chunks.Data[12] != 0)
                    throw new FormatException(
                        $"Image '{name}' is an interlaced PNG of 16 bits, of which only the upper 8 bits can be read; "
                            + "expected one that is not interlaced."
                    );
            }
            else if (chunks.Type.SequenceEqual("IDAT"u8))
                data.Write(chunks.Data);
        }
        data.Position = 0;
        int colors = kind is Rgb or Rgba ? 3 : 1;
        bool hasAlpha = kind is GrayAlpha or Rgba;
        int samples = hasAlpha ? colors + 1 : colors;
        var rows = make(new(header.StoredWidth, header.StoredHeight, samples, colors, hasAlpha));
        try
        {
            ReadRows(data, header.StoredWidth * samples, header.StoredHeight, samples * 2, rows);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new FormatException($"Image '{name}' cannot be decoded: the Png file is damaged.", e);
        }
        return rows;
    }

    /// <summary>Refuses samples of 16 bits that use 12 bits or fewer.</summary>
    /// <param name="largest">The largest sample.</param>
    /// <param name="name">Names the image in messages.</param>
    /// <exception cref="FormatException">They do.</exception>
    public static void CheckUse(int largest, string name)
    {
        if (UsesFew(largest))
            throw Narrow(name, $"none over {largest}");
    }

    /// <summary>Whether samples of 16 bits use 12 bits or fewer.</summary>
    /// <param name="largest">The largest sample.</param>
    public static bool UsesFew(int largest) => largest > 0 && largest >> 8 <= LargestOf12Bits;

    private static bool IsScaled(ushort sample, int bits)
    {
        int high = sample >> (16 - bits) << (16 - bits);
        double most = (1 << bits) - 1;
        double level = Math.Round(sample * most / ushort.MaxValue);
        return sample == high || Math.Abs(sample - level * ushort.MaxValue / most) <= 1;
    }

    private static RgbImage Scale(ushort[] samples, int most, int width, int height)
    {
        var image = RgbImage.Uninitialized(width, height);
        int channels = samples.Length / (width * height);
        for (int i = 0; i < image.Pixels.Length; i++)
            image.Pixels[i] = (byte)((samples[channels == 3 ? i : i / 3] * 255 + most / 2) / most);
        return image;
    }

    /// <summary>The most significant bits of the channels; null where none, or all 16, are declared.</summary>
    private static int? DeclaredBits(ReadOnlySpan<byte> file)
    {
        var chunks = new PngChunks(file);
        while (chunks.Next())
        {
            if (!chunks.Type.SequenceEqual("sBIT"u8))
                continue;
            int most = 0;
            foreach (byte bits in chunks.Data)
                most = Math.Max(most, bits);
            return most is > 0 and < 16 ? most : null;
        }
        return null;
    }

    /// <summary>The samples of a gray or RGB file that is not interlaced; null for others and damaged ones.</summary>
    private static ushort[]? ReadSamples(ReadOnlySpan<byte> file, int width, int height)
    {
        using var data = new MemoryStream();
        int channels = 0;
        var chunks = new PngChunks(file);
        while (chunks.Next())
        {
            if (chunks.Type.SequenceEqual("IHDR"u8))
            {
                bool isInterlaced = chunks.Data[12] != 0;
                if (isInterlaced || chunks.Data[9] is not (Gray or Rgb))
                    return null;
                channels = chunks.Data[9] == Gray ? 1 : 3;
            }
            else if (chunks.Type.SequenceEqual("IDAT"u8))
                data.Write(chunks.Data);
        }
        data.Position = 0;
        try
        {
            return ReadSamples(data, width * channels, height, channels * 2);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }

    private static void ReadRows(Stream data, int rowSamples, int count, int pixelBytes, ISampleRows rows)
    {
        var samples = new ushort[rowSamples];
        using var inflated = new ZLibStream(data, CompressionMode.Decompress);
        byte[] line = new byte[1 + rowSamples * 2];
        byte[] above = new byte[rowSamples * 2];
        for (int y = 0; y < count; y++)
        {
            ReadRow(inflated, line, above, pixelBytes, samples);
            rows.Add(samples, 0, y);
        }
    }

    private static ushort[] ReadSamples(Stream data, int rowSamples, int rows, int pixelBytes)
    {
        using var inflated = new ZLibStream(data, CompressionMode.Decompress);
        byte[] line = new byte[1 + rowSamples * 2];
        byte[] above = new byte[rowSamples * 2];
        var samples = new ushort[rowSamples * rows];
        for (int y = 0; y < rows; y++)
        {
            ReadRow(inflated, line, above, pixelBytes, samples.AsSpan(y * rowSamples, rowSamples));
        }
        return samples;
    }

    private static void ReadRow(Stream inflated, byte[] line, byte[] above, int pixelBytes, Span<ushort> samples)
    {
        inflated.ReadExactly(line);
        var row = line.AsSpan(1);
        PngFilter.Undo(line[0], row, above, pixelBytes);
        for (int i = 0; i < samples.Length; i++)
            samples[i] = BinaryPrimitives.ReadUInt16BigEndian(row[(2 * i)..]);
        row.CopyTo(above);
    }

    private static FormatException Narrow(string name, string used) =>
        new(
            $"Image '{name}' has 16 bits a sample, but uses {used} of the 65536 levels; as 8 bits, it would be nearly "
                + "black. Expected samples that use the range, their number of bits in the file (PNG's sBIT), or "
                + $"{nameof(ImageDecoderOptions.ValueRange)}."
        );
}
