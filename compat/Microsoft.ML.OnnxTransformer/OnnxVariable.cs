using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>An input or output tensor: its shape as declared or overridden (below 1: unknown) and its column type.</summary>
internal sealed record OnnxVariable(string Name, int[] Shape, VectorDataViewType Type)
{
    public static OnnxVariable Create(string name, NodeMetadata metadata, IDictionary<string, int[]> shapes)
    {
        if (!metadata.IsTensor) throw Contracts.ExceptSmaller($"The sequence or map '{name}' of an ONNX model", "Microsoft.ML.OnnxTransformer 5.0.0");
        var item = ItemType(metadata.ElementDataType);
        var dimensions = metadata.Dimensions;
        if (dimensions.Length == 0) throw Contracts.ExceptSmaller($"The scalar '{name}' of an ONNX model", "Microsoft.ML.OnnxTransformer 5.0.0");
        if (shapes == null || !shapes.TryGetValue(name, out var own))
        {
            // A leading unknown dimension is the batch: one row at a time.
            var known = dimensions.Select((d, i) => d > 0 ? d : i == 0 ? 1 : 0).ToArray();
            return new OnnxVariable(name, dimensions, TypeOf(item, known));
        }
        if (own.Length != dimensions.Length || own.Zip(dimensions).Any(p => p.First != p.Second && p.First > 0 && p.Second > 0))
            throw new ArgumentOutOfRangeException("shapeDictionary", own, $"The specified shape {string.Join(",", own)} is not compatible with the shape {string.Join(",", dimensions)} loaded from the ONNX model file. Only unknown dimension can replace or be replaced by another dimension.");
        return new OnnxVariable(name, own, TypeOf(item, own));
    }

    private static VectorDataViewType TypeOf(PrimitiveDataViewType item, int[] dimensions)
        => dimensions.All(d => d > 0) ? new VectorDataViewType(item, dimensions) : new VectorDataViewType(item);

    private static PrimitiveDataViewType ItemType(TensorElementType type) => type switch
    {
        TensorElementType.Bool => BooleanDataViewType.Instance,
        TensorElementType.Int8 => NumberDataViewType.SByte,
        TensorElementType.UInt8 => NumberDataViewType.Byte,
        TensorElementType.Int16 => NumberDataViewType.Int16,
        TensorElementType.UInt16 => NumberDataViewType.UInt16,
        TensorElementType.Int32 => NumberDataViewType.Int32,
        TensorElementType.UInt32 => NumberDataViewType.UInt32,
        TensorElementType.Int64 => NumberDataViewType.Int64,
        TensorElementType.UInt64 => NumberDataViewType.UInt64,
        TensorElementType.Float => NumberDataViewType.Single,
        TensorElementType.Double => NumberDataViewType.Double,
        TensorElementType.String => TextDataViewType.Instance,
        _ => throw Contracts.Except("Unsupported ONNX scalar type: " + type),
    };
}
