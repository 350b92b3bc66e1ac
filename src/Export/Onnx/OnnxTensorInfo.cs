using System.Collections.Immutable;
using System.Globalization;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export;

/// <summary>An input or output of an ONNX model.</summary>
public sealed record OnnxTensorInfo
{
    internal OnnxTensorInfo(string name, OnnxElementType elementType, ImmutableArray<OnnxDimension> shape)
    {
        Name = name;
        ElementType = elementType;
        Shape = shape;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The type of its elements.</summary>
    public OnnxElementType ElementType { get; }

    /// <summary>
    /// The lengths of its dimensions, null where callers choose them; default where the file does not say how many
    /// dimensions there are.
    /// </summary>
    public ImmutableArray<long?> Sides => Shape.IsDefault ? default : [.. Shape.Select(side => side.Length)];

    /// <summary>Its dimensions with their names; default where the file does not say how many there are.</summary>
    internal ImmutableArray<OnnxDimension> Shape { get; }

    /// <summary>The tensor as <c>image: uint8 [N, H, W, 3]</c>.</summary>
    public override string ToString() =>
        $"{Name}: {ElementType.ToString().ToLowerInvariant()} "
        + $"{(Shape.IsDefault ? "of any shape" : $"[{string.Join(", ", Shape)}]")}";
}

/// <summary>One dimension of an ONNX tensor: a number, a name for a length that callers choose, or neither.</summary>
/// <param name="Length">The fixed length, or null where it is free.</param>
/// <param name="Name">The name of a free length, or null.</param>
internal readonly record struct OnnxDimension(long? Length, string? Name)
{
    /// <summary>A fixed length.</summary>
    public static implicit operator OnnxDimension(int length) => new(length, null);

    /// <summary>A free length of that name.</summary>
    public static implicit operator OnnxDimension(string name) => new(null, name);

    /// <summary>The number, the name, or a question mark.</summary>
    public override string ToString() => Length?.ToString(CultureInfo.InvariantCulture) ?? Name ?? "?";
}
