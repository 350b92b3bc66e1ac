using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Trainer;

/// <summary>Instance images, found by the names of the label images that they belong to.</summary>
internal sealed class InstanceImages
{
    // Every level as it is: ids of few classes use a small part of the range.
    private static readonly ImageDecoderOptions s_allLevels = new() { ValueRange = (0, ushort.MaxValue) };

    private readonly string _folder;
    private readonly Dictionary<string, string> _files;

    /// <summary>Looks into the sub-folder of a phase, or into the folder itself.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">Two images have one name.</exception>
    public InstanceImages(string folder, string phase)
    {
        string below = Path.Combine(folder, phase);
        _folder = Directory.Exists(below) ? below : folder;
        _files = [];
        foreach (string file in ImageDecoder.ListFiles(_folder, recursive: false))
            if (!_files.TryAdd(NameOf(file), file))
                throw new InvalidDataException(
                    $"Folder '{_folder}' has several instance images named '{NameOf(file)}'; expected one."
                );
    }

    /// <summary>The instance image of a label image.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public string FileOf(string labels) =>
        _files.TryGetValue(NameOf(labels), out string? file)
            ? file
            : throw new InvalidDataException(
                $"Folder '{_folder}' has no instance image for '{labels}'; expected one named '{NameOf(labels)}'."
            );

    /// <summary>
    /// Reads an instance image. Its colours only have to differ between instances: where 8 bits do not tell them apart
    /// (ids of 16 bits, as those of Cityscapes), they are numbered.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">It is no image that can be decoded.</exception>
    public static RgbImage Read(string file)
    {
        var ids = ImageDecoder.DecodeWide(file, s_allLevels);
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

    private static string NameOf(string file) => Path.GetFileNameWithoutExtension(file);
}
