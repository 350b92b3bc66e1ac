using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;

[assembly: ModelLoader(ImageResizingTransformer.Signature, typeof(ImageResizingTransformer))]

namespace Microsoft.ML.Transforms.Image;

public sealed class ImageResizingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "ImageScalerTransform";

    internal ImageResizingTransformer(IHostEnvironment env, ImageResizing options)
        : base(env.Register(nameof(ImageResizingTransformer)), (options.Output, options.Input)) => Options = options;

    internal ImageResizing Options { get; }

    internal static ITransformer Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        var (output, input) = LoadColumns(ctx)[0];
        return new ImageResizingTransformer(env, new ImageResizing(output, input, ctx.Data["width"].GetValue<int>(), ctx.Data["height"].GetValue<int>(),
            (ImageResizingEstimator.ResizingKind)ctx.Data["resizing"].GetValue<int>(), (ImageResizingEstimator.Anchor)ctx.Data["anchor"].GetValue<int>()));
    }

    private protected override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol) => ImageColumns.Check(inputSchema, srcCol);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var data = SaveColumns();
        data["width"] = Options.Width;
        data["height"] = Options.Height;
        data["resizing"] = (int)Options.Kind;
        data["anchor"] = (int)Options.Anchor;
        ctx.SetModel(Signature, data, "Microsoft.ML.ImageAnalytics");
    }

    private protected override RowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private sealed class Mapper(ImageResizingTransformer parent, DataViewSchema inputSchema) : OneToOneRowMapper(parent, inputSchema)
    {
        private readonly ImageResizing _options = parent.Options;

        public override DataViewSchema.DetachedColumn[] GetOutputColumns()
            => [new DataViewSchema.DetachedColumn(_options.Output, new ImageDataViewType(_options.Height, _options.Width))];

        protected override Delegate MakeGetter(DataViewRow input, int output, out Action disposer)
        {
            MLImage source = null;
            var getSource = input.GetGetter<MLImage>(input.Schema[InputColumn(output).Index]);
            disposer = () => source = null;
            return (ValueGetter<MLImage>)((ref MLImage dst) =>
            {
                dst?.Dispose();
                getSource(ref source);
                if (source == null || source.Height <= 0 || source.Width <= 0) return;
                if (source.Height == _options.Height && source.Width == _options.Width)
                {
                    dst = source;
                    return;
                }
                dst = ImageScaler.Resize(source, _options);
                dst.Tag = source.Tag;
            });
        }
    }
}
