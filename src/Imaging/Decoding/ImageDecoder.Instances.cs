using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Imaging;

public static unsafe partial class ImageDecoder
{
    /// <summary>Reads an instance image from a file.</summary>
    /// <inheritdoc cref="DecodeInstances(byte[], string, ImageDecoderOptions?)"/>
    /// <param name="path">The file.</param>
    /// <param name="options">Limits; <see cref="ImageDecoderOptions.Default"/> when null.</param>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static RgbImage DecodeInstances(string path, ImageDecoderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return DecodeInstances(ImageBytes.Read(path, options ?? ImageDecoderOptions.Default), path, options);
    }

    /// <summary>Decodes an instance image in memory.</summary>
    /// <remarks>
    /// Its colours only have to differ between instances. An image of 8 bits a sample is decoded as by
    /// <see cref="Decode(byte[], string, ImageDecoderOptions?)"/>. In one of 16 bits (the ids of Cityscapes) every
    /// level counts, whatever <see cref="ImageDecoderOptions.ValueRange"/> is: its colours are numbered where 8 bits do
    /// not tell them apart.
    /// </remarks>
    /// <param name="file">All bytes of the file.</param>
    /// <param name="name">Names the image in messages.</param>
    /// <param name="options">Limits; <see cref="ImageDecoderOptions.Default"/> when null.</param>
    /// <exception cref="FormatException">Not an image, damaged, cut short, or larger than allowed.</exception>
    public static RgbImage DecodeInstances(byte[] file, string name, ImageDecoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        // Ids of few classes use a small part of the range.
        options = (options ?? ImageDecoderOptions.Default) with
        {
            ValueRange = (0, ushort.MaxValue),
            KeepAlpha = false,
        };
        var ids = DecodeWide(file, name, options);
        var samples = ids.Pixels;
        var pixels = new byte[samples.Length];
        bool isExact = true;
        for (int i = 0; i < samples.Length; i++)
        {
            pixels[i] = (byte)(samples[i] >> 8);
            isExact &= pixels[i] == (byte)samples[i];
        }
        if (!isExact)
            Number(samples, pixels);
        return new(ids.Width, ids.Height, pixels);
    }

    private static void Number(ReadOnlySpan<ushort> samples, Span<byte> pixels)
    {
        var numbers = new Dictionary<(ushort, ushort, ushort), int>();
        for (int i = 0; i < samples.Length; i += 3)
        {
            ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(
                numbers,
                (samples[i], samples[i + 1], samples[i + 2]),
                out bool isKnown
            );
            if (!isKnown)
                number = numbers.Count;
            (pixels[i], pixels[i + 1], pixels[i + 2]) = ((byte)(number >> 16), (byte)(number >> 8), (byte)number);
        }
    }
}
