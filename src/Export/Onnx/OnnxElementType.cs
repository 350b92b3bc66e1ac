namespace MlNetImageTranslation.Export;

/// <summary>The element types of ONNX tensors, under the numbers of onnx.proto's TensorProto.DataType.</summary>
public enum OnnxElementType
{
    /// <summary>Not said.</summary>
    Undefined = 0,

    /// <summary>32-bit floating point.</summary>
    Float = 1,

    /// <summary>8-bit, 0..255.</summary>
    UInt8 = 2,

    /// <summary>8-bit, signed.</summary>
    Int8 = 3,

    /// <summary>16-bit, unsigned.</summary>
    UInt16 = 4,

    /// <summary>16-bit, signed.</summary>
    Int16 = 5,

    /// <summary>32-bit, signed.</summary>
    Int32 = 6,

    /// <summary>64-bit, signed.</summary>
    Int64 = 7,

    /// <summary>Text.</summary>
    String = 8,

    /// <summary>True or false.</summary>
    Bool = 9,

    /// <summary>16-bit floating point (IEEE half).</summary>
    Float16 = 10,

    /// <summary>64-bit floating point.</summary>
    Double = 11,

    /// <summary>32-bit, unsigned.</summary>
    UInt32 = 12,

    /// <summary>64-bit, unsigned.</summary>
    UInt64 = 13,

    /// <summary>Two 32-bit floating-point numbers.</summary>
    Complex64 = 14,

    /// <summary>Two 64-bit floating-point numbers.</summary>
    Complex128 = 15,

    /// <summary>16-bit floating point with float32's exponent.</summary>
    BFloat16 = 16,
}
