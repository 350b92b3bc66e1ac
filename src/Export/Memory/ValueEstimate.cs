namespace MlNetImageTranslation.Export;

/// <summary>What is known of a value before the model runs.</summary>
internal sealed record ValueEstimate
{
    /// <summary>Nothing.</summary>
    public static readonly ValueEstimate Unknown = new();

    /// <summary>An input that a node leaves out.</summary>
    public static readonly ValueEstimate Missing = new() { IsMissing = true };

    /// <summary>Whether it is an input that a node leaves out.</summary>
    public bool IsMissing { get; private init; }

    /// <summary>The type of its elements.</summary>
    public OnnxElementType Type { get; init; } = OnnxElementType.Float;

    /// <summary>Its sides; null where they are not known.</summary>
    public double[]? Shape { get; init; }

    /// <summary>How many elements it has at most; null where that is not known.</summary>
    public double? Count { get; init; }

    /// <summary>Its elements, of short lists such as shapes; null where they are not known.</summary>
    public double[]? Numbers { get; init; }

    /// <summary>Whether it does not depend on the model's input, so that it may be kept from loading on.</summary>
    public bool IsConstant { get; init; }

    /// <summary>Its bytes; 0 where they are not known.</summary>
    public double Bytes => (Count ?? 0) * ElementBytes;

    private int ElementBytes =>
        Type switch
        {
            OnnxElementType.UInt8 or OnnxElementType.Int8 or OnnxElementType.Bool => 1,
            OnnxElementType.Float16 or OnnxElementType.BFloat16 or OnnxElementType.Int16 or OnnxElementType.UInt16 => 2,
            OnnxElementType.Int64 or OnnxElementType.UInt64 or OnnxElementType.Double or OnnxElementType.Complex64 => 8,
            OnnxElementType.Complex128 => 16,
            OnnxElementType.String => 32,
            _ => 4,
        };

    /// <summary>A value of that shape; negative sides, which no runtime allows, count as none.</summary>
    public static ValueEstimate Of(OnnxElementType type, double[] shape)
    {
        double[] sides = [.. shape.Select(side => double.IsNaN(side) ? 0 : Math.Max(0, Math.Floor(side)))];
        return new()
        {
            Type = type,
            Shape = sides,
            Count = sides.Aggregate(1.0, (product, side) => product * side),
        };
    }

    /// <summary>A value of which only the number of elements is known.</summary>
    public static ValueEstimate OfCount(OnnxElementType type, double? count) => new() { Type = type, Count = count };

    /// <summary>A list of numbers, or one number where <paramref name="isScalar"/>.</summary>
    public static ValueEstimate Of(OnnxElementType type, double[] numbers, bool isScalar) =>
        Of(type, isScalar ? [] : [numbers.Length]) with
        {
            Numbers = numbers,
        };
}
