using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;

[assembly: ModelLoader(ImageLoadingTransformer.Signature, typeof(ImageLoadingTransformer))]

namespace Microsoft.ML.Data;

public sealed class ImageLoadingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "ImageLoaderTransform";

    public readonly string ImageFolder;

    internal ImageLoadingTransformer(IHostEnvironment env, string imageFolder, bool asImage, params (string outputColumnName, string inputColumnName)[] columns)
        : base(env.Register(nameof(ImageLoadingTransformer)), columns)
    {
        if (!string.IsNullOrEmpty(imageFolder))
        {
            if (!Directory.Exists(imageFolder)) throw new ArgumentException($"Directory \"{imageFolder}\" does not exist.");
            ImageFolder = Path.GetFullPath(imageFolder);
        }
        AsImage = asImage;
    }

    internal bool AsImage { get; }

    internal static ITransformer Load(IHostEnvironment env, ModelLoadContext ctx)
        => new ImageLoadingTransformer(env, ctx.Data["folder"]?.GetValue<string>(), ctx.Data["image"].GetValue<bool>(), LoadColumns(ctx));

    private protected override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol)
    {
        if (inputSchema[srcCol].Type is not TextDataViewType)
            throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", ColumnPairs[col].inputColumnName, TextDataViewType.Instance.ToString(), inputSchema[srcCol].Type.ToString());
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var data = SaveColumns();
        data["folder"] = ImageFolder;
        data["image"] = AsImage;
        ctx.SetModel(Signature, data, "Microsoft.ML.ImageAnalytics");
    }

    private protected override RowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private sealed class Mapper(ImageLoadingTransformer parent, DataViewSchema inputSchema) : OneToOneRowMapper(parent, inputSchema)
    {
        public override DataViewSchema.DetachedColumn[] GetOutputColumns()
        {
            DataViewType type = parent.AsImage ? new ImageDataViewType() : new VectorDataViewType(NumberDataViewType.Byte);
            return parent.Columns.Select(c => new DataViewSchema.DetachedColumn(c.outputColumnName, type)).ToArray();
        }

        protected override Delegate MakeGetter(DataViewRow input, int output, out Action disposer)
        {
            var getPath = input.GetGetter<ReadOnlyMemory<char>>(input.Schema[InputColumn(output).Index]);
            disposer = null;
            return parent.AsImage ? ImageGetter(getPath, out disposer) : BytesGetter(getPath);
        }

        // The picture handed back is disposed here: one lives until the next is asked for or the cursor ends.
        private ValueGetter<MLImage> ImageGetter(ValueGetter<ReadOnlyMemory<char>> getPath, out Action disposer)
        {
            MLImage last = null;
            disposer = () =>
            {
                last?.Dispose();
                last = null;
            };
            return (ref MLImage dst) =>
            {
                dst?.Dispose();
                dst = null;
                if (PathOf(getPath) is { } path)
                {
                    using var stream = new MemoryStream(File.ReadAllBytes(path));
                    dst = MLImage.CreateFromStream(stream);
                    dst.Tag = path;
                }
                last = dst;
            };
        }

        private ValueGetter<VBuffer<byte>> BytesGetter(ValueGetter<ReadOnlyMemory<char>> getPath) => (ref VBuffer<byte> dst) =>
        {
            var bytes = PathOf(getPath) is { } path ? File.ReadAllBytes(path) : [];
            var editor = VBufferEditor.Create(ref dst, bytes.Length);
            bytes.CopyTo(editor.Values);
            dst = editor.Commit();
        };

        private string PathOf(ValueGetter<ReadOnlyMemory<char>> getPath)
        {
            ReadOnlyMemory<char> text = default;
            getPath(ref text);
            if (text.Length == 0) return null;
            return parent.ImageFolder == null ? text.ToString() : Path.Combine(parent.ImageFolder, text.ToString());
        }
    }
}
