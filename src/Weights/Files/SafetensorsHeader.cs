using System.Collections.Immutable;
using System.Text.Json;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// The header of a safetensors file, checked: sizes fit shapes, and the tensors cover the data without hole or overlap.
/// </summary>
internal sealed class SafetensorsHeader
{
    private const string MetadataName = "__metadata__";

    /// <summary>The format's own limit, in bytes.</summary>
    public const int MaximumLength = 100_000_000;

    private SafetensorsHeader(IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata) =>
        (Entries, Metadata) = (entries, metadata);

    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <exception cref="FormatException">The header is malformed; the message names the tensor.</exception>
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, long dataLength)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new FormatException(
                    $"The header should be a JSON object, but is {document.RootElement.ValueKind}."
                );
            var entries = new List<SafetensorsEntry>();
            var names = new HashSet<string>();
            var metadata = new Dictionary<string, string>();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (!names.Add(property.Name))
                    throw new FormatException($"The header names '{property.Name}' twice.");
                if (property.Name == MetadataName)
                    ReadMetadata(property.Value, metadata);
                else
                    entries.Add(ReadEntry(property.Name, property.Value));
            }
            CheckCover(entries, dataLength);
            return new(entries, metadata);
        }
        // InvalidOperationException: a name that is no valid UTF-16, or a value of another kind than asked for.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException(
                $"The header is not the JSON of a safetensors file: {exception.Message}",
                exception
            );
        }
    }

    private static void ReadMetadata(JsonElement element, Dictionary<string, string> metadata)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new FormatException($"{MetadataName} should be an object of strings, but is {element.ValueKind}.");
        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String)
                throw new FormatException(
                    $"{MetadataName} '{property.Name}' should be a string, but is {property.Value.ValueKind}."
                );
            if (!metadata.TryAdd(property.Name, property.Value.GetString()!))
                throw new FormatException($"{MetadataName} has '{property.Name}' twice.");
        }
    }

    private static SafetensorsEntry ReadEntry(string name, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new FormatException($"Tensor '{name}' should be described by an object, but is {element.ValueKind}.");
        var dtype = Member("dtype", JsonValueKind.String).GetString();
        ElementType type = dtype switch
        {
            "F32" => ElementType.Float32,
            "F64" => ElementType.Float64,
            "F16" => ElementType.Float16,
            "BF16" => ElementType.BFloat16,
            "BOOL" or "U8" or "I8" => ElementType.Integer8,
            "U16" or "I16" => ElementType.Integer16,
            "U32" or "I32" => ElementType.Integer32,
            "U64" or "I64" => ElementType.Integer64,
            "C64" => ElementType.Complex64,
            _ => throw new FormatException($"Tensor '{name}' has dtype '{dtype}'; expected F32, F16, BF16 or F64."),
        };
        var shape = ImmutableArray.CreateBuilder<int>();
        long count = 1;
        foreach (var side in Member("shape", JsonValueKind.Array).EnumerateArray())
        {
            if (side.ValueKind != JsonValueKind.Number || !side.TryGetInt32(out int length) || length < 0)
                throw new FormatException($"Tensor '{name}' has a side of {side.GetRawText()}.");
            shape.Add(length);
            // Bounded at every step, so that the product cannot overflow.
            if ((count *= length) > Array.MaxLength)
                throw new FormatException(
                    $"Tensor '{name}' of shape [{string.Join(", ", shape)}...] has more than {Array.MaxLength} values."
                );
        }
        var offsets = Member("data_offsets", JsonValueKind.Array);
        if (
            offsets.GetArrayLength() != 2
            || !TryOffset(offsets[0], out long begin)
            || !TryOffset(offsets[1], out long end)
            || end < begin
        )
            throw new FormatException(
                $"Tensor '{name}' has data_offsets {offsets.GetRawText()}; expected a begin and an end."
            );
        if (end - begin != count * type.Size())
            throw new FormatException(
                $"Tensor '{name}' of dtype {dtype} and shape [{string.Join(", ", shape)}] needs "
                    + $"{count * type.Size()} bytes, but has {end - begin}."
            );
        return new(name, type, shape.ToImmutable(), begin, end);

        JsonElement Member(string member, JsonValueKind kind) =>
            element.TryGetProperty(member, out var value) && value.ValueKind == kind
                ? value
                : throw new FormatException($"Tensor '{name}' should have a {member} of kind {kind}.");
    }

    private static bool TryOffset(JsonElement element, out long offset)
    {
        offset = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out offset) && offset >= 0;
    }

    private static void CheckCover(List<SafetensorsEntry> entries, long dataLength)
    {
        long position = 0;
        foreach (var entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != position)
                throw new FormatException(
                    $"Tensor '{entry.Name}' begins at byte {entry.Begin}; expected {position}: there is "
                        + $"{(entry.Begin > position ? "a hole" : "an overlap")} before it."
                );
            position = entry.End;
        }
        if (position != dataLength)
            throw new FormatException(
                $"The tensors have {position} bytes in all, but the file has {dataLength} bytes of data."
            );
    }
}
