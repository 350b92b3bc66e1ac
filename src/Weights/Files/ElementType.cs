namespace MlNetImageTranslation.Weights;

/// <summary>How a weight file stores one value.</summary>
internal enum ElementType
{
    /// <summary>32-bit float.</summary>
    Float32,

    /// <summary>64-bit float.</summary>
    Float64,

    /// <summary>IEEE half precision.</summary>
    Float16,

    /// <summary>The upper half of a 32-bit float.</summary>
    BFloat16,

    /// <summary>A one-byte integer or truth value; never a weight.</summary>
    Integer8,

    /// <summary>A two-byte integer; never a weight.</summary>
    Integer16,

    /// <summary>A four-byte integer; never a weight.</summary>
    Integer32,

    /// <summary>An eight-byte integer, such as PyTorch's count of batches; never a weight.</summary>
    Integer64,

    /// <summary>Two 32-bit floats; never a weight.</summary>
    Complex64,

    /// <summary>Two 64-bit floats; never a weight.</summary>
    Complex128,
}
