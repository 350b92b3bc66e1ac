using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;

[assembly: ModelLoader(ImageGrayscalingTransformer.Signature, typeof(ImageGrayscalingTransformer))]

namespace Microsoft.ML.Transforms.Image;

public sealed class ImageGrayscalingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "ImageGrayscaleTransform";

    internal ImageGrayscalingTransformer(IHostEnvironment env, params (string outputColumnName, string inputColumnName)[] columns)
        : base(env.Register(nameof(ImageGrayscalingTransformer)), columns) { }

    internal static ITransformer Load(IHostEnvironment env, ModelLoadContext ctx) => new ImageGrayscalingTransformer(env, LoadColumns(ctx));

    private protected override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol) => ImageColumns.Check(inputSchema, srcCol);

    private protected override void SaveModel(ModelSaveContext ctx) => ctx.SetModel(Signature, SaveColumns(), "Microsoft.ML.ImageAnalytics");

    private protected override RowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private sealed class Mapper(ImageGrayscalingTransformer parent, DataViewSchema inputSchema) : OneToOneRowMapper(parent, inputSchema)
    {
        public override DataViewSchema.DetachedColumn[] GetOutputColumns()
            => parent.Columns.Select((c, i) => new DataViewSchema.DetachedColumn(c.outputColumnName, InputColumn(i).Type)).ToArray();

        protected override Delegate MakeGetter(DataViewRow input, int output, out Action disposer)
        {
            MLImage source = null;
            var getSource = input.GetGetter<MLImage>(input.Schema[InputColumn(output).Index]);
            disposer = () =>
            {
                source?.Dispose();
                source = null;
            };
            return (ValueGetter<MLImage>)((ref MLImage dst) =>
            {
                dst?.Dispose();
                getSource(ref source);
                if (source == null || source.Height <= 0 || source.Width <= 0) return;
                dst = ToGray(source);
                dst.Tag = source.Tag;
            });
        }

        // The weights of the colour matrix that ML.NET gives Skia.
        private static MLImage ToGray(MLImage image)
        {
            var pixels = image.Pixels.ToArray();
            var (red, blue) = image.PixelFormat == MLPixelFormat.Bgra32 ? (2, 0) : (0, 2);
            for (var i = 0; i < pixels.Length; i += 4)
            {
                var gray = (byte)Math.Clamp(0.3f * pixels[i + red] + 0.59f * pixels[i + 1] + 0.11f * pixels[i + blue] + 0.5f, 0f, 255f);
                pixels[i] = pixels[i + 1] = pixels[i + 2] = gray;
            }
            return MLImage.CreateFromPixels(image.Width, image.Height, image.PixelFormat, pixels);
        }
    }
}
