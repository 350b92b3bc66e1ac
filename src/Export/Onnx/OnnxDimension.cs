using System.Globalization;

namespace MlNetImageTranslation.Export;

/// <summary>One dimension of an ONNX tensor: a number, a name for a length that callers choose, or neither.</summary>
/// <param name="Length">The fixed length, or null where it is free.</param>
/// <param name="Name">The name of a free length, or null.</param>
public readonly record struct OnnxDimension(long? Length, string? Name)
{
    /// <summary>A fixed length.</summary>
    public static implicit operator OnnxDimension(int length) => new(length, null);

    /// <summary>A free length of that name.</summary>
    public static implicit operator OnnxDimension(string name) => new(null, name);

    /// <summary>The number, the name, or a question mark.</summary>
    public override string ToString() => Length?.ToString(CultureInfo.InvariantCulture) ?? Name ?? "?";
}
