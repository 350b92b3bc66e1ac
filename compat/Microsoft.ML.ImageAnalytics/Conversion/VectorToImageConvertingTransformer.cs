using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;

[assembly: ModelLoader(VectorToImageConvertingTransformer.Signature, typeof(VectorToImageConvertingTransformer))]

namespace Microsoft.ML.Transforms.Image;

public sealed class VectorToImageConvertingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "VectorToImageTransform";

    internal VectorToImageConvertingTransformer(IHostEnvironment env, ImageConversion options)
        : base(env.Register(nameof(VectorToImageConvertingTransformer)), (options.Output, options.Input)) => Options = options;

    internal ImageConversion Options { get; }

    internal static ITransformer Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        var (output, input) = LoadColumns(ctx)[0];
        return new VectorToImageConvertingTransformer(env, new ImageConversion(output, input, ctx.Data["height"].GetValue<int>(), ctx.Data["width"].GetValue<int>(),
            PixelLayoutFile.Read(ctx.Data), ctx.Data["scale"].GetValue<float>(), ctx.Data["offset"].GetValue<float>()));
    }

    private protected override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol)
    {
        var type = inputSchema[srcCol].Type;
        if (type is not VectorDataViewType vector) throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", Options.Input, "image", type.ToString());
        if (vector.Size != Options.Height * Options.Width * Options.Layout.Planes)
            throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", Options.Input,
                new VectorDataViewType(vector.ItemType, Options.Height, Options.Width, Options.Layout.Planes).ToString(), vector.ToString());
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var data = SaveColumns();
        PixelLayoutFile.Write(data, Options.Layout);
        data["height"] = Options.Height;
        data["width"] = Options.Width;
        data["scale"] = Options.Scale;
        data["offset"] = Options.Offset;
        ctx.SetModel(Signature, data, "Microsoft.ML.ImageAnalytics");
    }

    private protected override RowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private sealed class Mapper(VectorToImageConvertingTransformer parent, DataViewSchema inputSchema) : OneToOneRowMapper(parent, inputSchema)
    {
        private readonly ImageConversion _options = parent.Options;

        public override DataViewSchema.DetachedColumn[] GetOutputColumns()
            => [new DataViewSchema.DetachedColumn(_options.Output, new ImageDataViewType(_options.Height, _options.Width))];

        protected override Delegate MakeGetter(DataViewRow input, int output, out Action disposer)
        {
            disposer = null;
            var column = input.Schema[InputColumn(output).Index];
            var item = ((VectorDataViewType)column.Type).ItemType;
            if (item == NumberDataViewType.Single) return Getter<float>(input, column, value => value, scaled: true);
            if (item == NumberDataViewType.Double) return Getter<double>(input, column, value => (float)value, scaled: true);
            if (item == NumberDataViewType.Byte) return Getter<byte>(input, column, value => value, scaled: false);
            throw Contracts.Except("We only support float, double or byte arrays");
        }

        // The picture handed back is not disposed: it belongs to the caller.
        private ValueGetter<MLImage> Getter<T>(DataViewRow input, DataViewSchema.Column column, Func<T, float> convert, bool scaled)
        {
            var getVector = input.GetGetter<VBuffer<T>>(column);
            VBuffer<T> vector = default, dense = default;
            return (ref MLImage dst) =>
            {
                getVector(ref vector);
                if (vector.GetValues().Length == 0)
                {
                    dst = null;
                    return;
                }
                vector.CopyToDense(ref dense);
                dst = PixelWriter.Create(dense.GetValues(), convert, _options, scaled && (_options.Offset != 0 || _options.Scale != 1));
                dst.Tag = nameof(VectorToImageConvertingTransformer);
            };
        }
    }
}
