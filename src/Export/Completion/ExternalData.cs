using System.Globalization;
using Google.Protobuf;
using Microsoft.Win32.SafeHandles;

namespace MlNetImageTranslation.Export;

/// <summary>Reads the values that a model keeps in other files of its folder.</summary>
internal sealed class ExternalData(string modelFile)
{
    private const int External = 1;

    private readonly string[] _folders = Folders(modelFile);

    /// <summary>Reads all of them into the model.</summary>
    /// <exception cref="FormatException">One cannot be read; the message names the tensor and the file.</exception>
    /// <exception cref="OverflowException">They would make a model of 2 GiB or more.</exception>
    public void ReadInto(ModelProto model)
    {
        TensorProto[] tensors = [.. model.AllTensors().Where(tensor => tensor.DataLocation == External)];
        var places = Array.ConvertAll(tensors, PlaceOf);
        // What a small file claims must not decide how much memory is taken.
        long all = places.Sum(place => (long)place.Length);
        if (all > int.MaxValue)
            throw new OverflowException($"With its external values the model has {all} bytes.");
        for (int i = 0; i < tensors.Length; i++)
        {
            tensors[i].RawData = UnsafeByteOperations.UnsafeWrap(Read(tensors[i], places[i]));
            tensors[i].ExternalData.Clear();
            tensors[i].ClearDataLocation();
        }
    }

    private static string[] Folders(string modelFile)
    {
        string full = Path.GetFullPath(modelFile);
        string named = RealPath.Of(Path.GetDirectoryName(full)!),
            real = Path.GetDirectoryName(RealPath.Of(full))!;
        return [named, real];
    }

    private Place PlaceOf(TensorProto tensor)
    {
        string? location = Entry(tensor, "location");
        if (string.IsNullOrEmpty(location))
            throw new FormatException($"{Name(tensor)} lies in another file, but no file is named.");
        string path = Find(tensor, location);
        long offset = Number(tensor, "offset") ?? 0,
            available = new FileInfo(path).Length - offset,
            length = Number(tensor, "length") ?? OnnxTensor.ByteLength(tensor) ?? available;
        if (length > available)
            throw new FormatException(
                $"{Name(tensor)} has {length} bytes from byte {offset} of '{path}', which has {offset + available} bytes."
            );
        if (OnnxTensor.ByteLength(tensor) is { } expected && length != expected)
            throw new FormatException(
                $"{Name(tensor)} of shape [{string.Join(", ", tensor.Dims)}] has {length} bytes in '{path}'; expected "
                    + $"{expected}."
            );
        return length <= Array.MaxLength
            ? new(path, offset, (int)length)
            : throw new OverflowException($"{Name(tensor)} has {length} bytes.");
    }

    private string Find(TensorProto tensor, string location)
    {
        string[] parts = location.Split('/', '\\');
        if (
            Path.IsPathRooted(location)
            || location.Contains('\0')
            || parts.Contains("..")
            || parts[0].EndsWith(':')
            || parts[0] is [_, ':', ..]
        )
            throw new FormatException(
                $"{Name(tensor)} lies in '{location}'; expected a file in the model's own folder, named without '..'."
            );
        string path = Path.Combine(_folders[0], Path.Combine(location.Split('/')));
        if (Directory.Exists(path) || !File.Exists(path))
            throw new FormatException($"{Name(tensor)} lies in '{path}', but there is no such file.");
        string real = RealPath.Of(path);
        return Array.Exists(_folders, folder => IsInside(real, folder))
            ? real
            : throw new FormatException(
                $"{Name(tensor)} lies in '{path}', a link that leads out of the model's folder to '{real}'."
            );
    }

    private static bool IsInside(string path, string folder) =>
        path.StartsWith(
            Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar,
            StringComparison.Ordinal
        );

    private static byte[] Read(TensorProto tensor, Place place)
    {
        var values = new byte[place.Length];
        if (values.Length == 0)
            return values;
        try
        {
            using var file = File.OpenHandle(place.Path);
            ReadAll(file, values, place.Offset);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FormatException(
                $"{Name(tensor)} cannot be read from '{place.Path}': {exception.Message}",
                exception
            );
        }
        return values;
    }

    private static void ReadAll(SafeFileHandle file, byte[] values, long offset)
    {
        for (int done = 0; done < values.Length; )
        {
            int read = RandomAccess.Read(file, values.AsSpan(done), offset + done);
            if (read == 0)
                throw new EndOfStreamException("The file ended early.");
            done += read;
        }
    }

    private static string? Entry(TensorProto tensor, string key) =>
        tensor.ExternalData.LastOrDefault(entry => entry.Key == key)?.Value;

    private static long? Number(TensorProto tensor, string key) =>
        Entry(tensor, key) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value
        : throw new FormatException($"{Name(tensor)} has '{text}' as its {key} in another file; expected a number.");

    private static string Name(TensorProto tensor) => $"Tensor '{tensor.Name}'";

    private readonly record struct Place(string Path, long Offset, int Length);
}
