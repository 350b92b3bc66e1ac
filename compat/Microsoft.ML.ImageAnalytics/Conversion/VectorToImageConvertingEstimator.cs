using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Image;

public sealed class VectorToImageConvertingEstimator : TrivialEstimator<VectorToImageConvertingTransformer>
{
    internal VectorToImageConvertingEstimator(IHostEnvironment env, ImageConversion options)
        : base(env.Register(nameof(VectorToImageConvertingEstimator)), new VectorToImageConvertingTransformer(env, options)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var result = Contracts.CheckValue(inputSchema, nameof(inputSchema)).ToDictionary(c => c.Name);
        var options = Transformer.Options;
        if (!inputSchema.TryFindColumn(options.Input, out var column)) throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", options.Input);
        var item = column.ItemType;
        if (column.Kind != SchemaShape.Column.VectorKind.Vector || item != NumberDataViewType.Single && item != NumberDataViewType.Double && item != NumberDataViewType.Byte)
            throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", options.Input, "known-size vector of type Single, Double or Byte", column.GetTypeString());
        result[options.Output] = new SchemaShape.Column(options.Output, SchemaShape.Column.VectorKind.Scalar, new ImageDataViewType(options.Height, options.Width), false);
        return new SchemaShape(result.Values);
    }
}
