namespace MlNetImageTranslation.Export;

/// <summary>Makes the declarations of inputs and outputs and reads them.</summary>
internal static class OnnxValue
{
    public static ValueInfoProto Of(OnnxTensorInfo info)
    {
        var type = new TypeProto.Types.Tensor { ElemType = (int)info.ElementType };
        if (!info.Shape.IsDefault)
            type.Shape = new() { Dim = { info.Shape.Select(Dimension) } };
        return new()
        {
            Name = info.Name,
            Type = new() { TensorType = type },
        };
    }

    /// <summary>What a declaration says; without a shape where it has none.</summary>
    public static OnnxTensorInfo ToInfo(this ValueInfoProto value)
    {
        var tensor = value.Type?.TensorType;
        return new(
            value.Name,
            (OnnxElementType)(tensor?.ElemType ?? 0),
            tensor?.Shape is { } shape ? [.. shape.Dim.Select(Dimension)] : default
        );
    }

    private static TensorShapeProto.Types.Dimension Dimension(OnnxDimension dimension)
    {
        var result = new TensorShapeProto.Types.Dimension();
        if (dimension.Length is { } length)
            result.DimValue = length;
        else if (dimension.Name is { } name)
            result.DimParam = name;
        return result;
    }

    // Zero and negative lengths are how some exporters write a free dimension.
    private static OnnxDimension Dimension(TensorShapeProto.Types.Dimension dimension) =>
        new(dimension.DimValue > 0 ? dimension.DimValue : null, dimension.HasDimParam ? dimension.DimParam : null);
}
