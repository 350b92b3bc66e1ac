using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Image;

public sealed class ImageResizingEstimator : TrivialEstimator<ImageResizingTransformer>
{
    internal ImageResizingEstimator(IHostEnvironment env, ImageResizing options)
        : base(env.Register(nameof(ImageResizingEstimator)), new ImageResizingTransformer(env, options)) { }

    public enum ResizingKind : byte
    {
        IsoPad = 0,
        IsoCrop = 1,
        Fill = 2,
    }

    public enum Anchor : byte
    {
        Right = 0,
        Left = 1,
        Top = 2,
        Bottom = 3,
        Center = 4,
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var result = Contracts.CheckValue(inputSchema, nameof(inputSchema)).ToDictionary(c => c.Name);
        var options = Transformer.Options;
        ImageColumns.Find(inputSchema, options.Input);
        result[options.Output] = new SchemaShape.Column(options.Output, SchemaShape.Column.VectorKind.Scalar, new ImageDataViewType(options.Height, options.Width), false);
        return new SchemaShape(result.Values);
    }
}
