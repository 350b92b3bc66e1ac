using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;

[assembly: ModelLoader(ImagePixelExtractingTransformer.Signature, typeof(ImagePixelExtractingTransformer))]

namespace Microsoft.ML.Transforms.Image;

public sealed class ImagePixelExtractingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "ImagePixelExtractor";

    internal ImagePixelExtractingTransformer(IHostEnvironment env, PixelExtraction options)
        : base(env.Register(nameof(ImagePixelExtractingTransformer)), (options.Output, options.Input)) => Options = options;

    internal PixelExtraction Options { get; }

    internal static ITransformer Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        var (output, input) = LoadColumns(ctx)[0];
        return new ImagePixelExtractingTransformer(env, new PixelExtraction(output, input, PixelLayoutFile.Read(ctx.Data),
            ctx.Data["offset"].GetValue<float>(), ctx.Data["scale"].GetValue<float>(), ctx.Data["float"].GetValue<bool>()));
    }

    private protected override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol)
    {
        var type = ImageColumns.Check(inputSchema, srcCol);
        if (type.Height <= 0 || type.Width <= 0)
            throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", Options.Input, "known-size image", "unknown-size image");
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var data = SaveColumns();
        PixelLayoutFile.Write(data, Options.Layout);
        data["offset"] = Options.Offset;
        data["scale"] = Options.Scale;
        data["float"] = Options.AsFloat;
        ctx.SetModel(Signature, data, "Microsoft.ML.ImageAnalytics");
    }

    private protected override RowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private sealed class Mapper(ImagePixelExtractingTransformer parent, DataViewSchema inputSchema) : OneToOneRowMapper(parent, inputSchema)
    {
        private readonly PixelExtraction _options = parent.Options;

        private ImageDataViewType Image => (ImageDataViewType)InputColumn(0).Type;

        public override DataViewSchema.DetachedColumn[] GetOutputColumns()
        {
            var item = _options.AsFloat ? NumberDataViewType.Single : NumberDataViewType.Byte;
            var planes = _options.Layout.Planes;
            var type = _options.Layout.Interleaved
                ? new VectorDataViewType(item, Image.Height, Image.Width, planes)
                : new VectorDataViewType(item, planes, Image.Height, Image.Width);
            return [new DataViewSchema.DetachedColumn(_options.Output, type)];
        }

        protected override Delegate MakeGetter(DataViewRow input, int output, out Action disposer)
        {
            MLImage source = null;
            var getSource = input.GetGetter<MLImage>(input.Schema[InputColumn(output).Index]);
            disposer = () =>
            {
                source?.Dispose();
                source = null;
            };
            var (height, width) = (Image.Height, Image.Width);
            MLImage Next()
            {
                getSource(ref source);
                Contracts.Check(source == null || source.Height == height && source.Width == width,
                    $"The image is {source?.Width}x{source?.Height}, its column says {width}x{height}.");
                return source;
            }
            return _options.AsFloat ? PixelReader.Floats(Next, _options, height * width) : PixelReader.Bytes(Next, _options, height * width);
        }
    }
}
