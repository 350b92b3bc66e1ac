using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>The translation put on one input schema: which columns are read, and the schema that comes out.</summary>
internal sealed class TranslationBinding
{
    /// <exception cref="ArgumentOutOfRangeException">A column that is read is missing or of another type.</exception>
    public TranslationBinding(DataViewSchema input, ImageTranslationOptions options, TranslationEngine engine)
    {
        Input = input;
        InputColumn = ImageGetter.Find(input, options.Input);
        InstanceColumn = options.InstanceColumnName is { } instances ? ImageGetter.Find(input, instances) : null;
        OutputIndex = input.Count;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumn(options.OutputColumnName, OutputType(InputColumn.Type, engine));
        Output = builder.ToSchema();
    }

    public DataViewSchema Input { get; }

    public DataViewSchema.Column InputColumn { get; }

    /// <summary>The column of instance images; null where the model reads none.</summary>
    public DataViewSchema.Column? InstanceColumn { get; }

    public DataViewSchema Output { get; }

    /// <summary>The index of the new column; those before it are the input's.</summary>
    public int OutputIndex { get; }

    /// <summary>The column's images have a size when those of the input have one or the mode gives one.</summary>
    public static ImageDataViewType OutputType(DataViewType input, TranslationEngine engine)
    {
        var size = SizeOf(input);
        if (engine.Options.Mode == TranslationMode.ResizeToTraining)
            size = engine.TrainingSize;
        else if (engine.Options.Mode == TranslationMode.Exact)
            size ??= engine.FixedSize;
        if (size is not { } known)
            return AnySizeImageTypeAttribute.ColumnType;
        var result = engine.ResultSize(known);
        return new(result.Height, result.Width);
    }

    /// <summary>The size of a column's images; null where they have none in common.</summary>
    public static ImageSize? SizeOf(DataViewType type) =>
        type is ImageDataViewType { Height: > 0, Width: > 0 } image ? new(image.Width, image.Height) : null;

    /// <summary>Which columns of the input are needed for those of the output.</summary>
    public IEnumerable<DataViewSchema.Column> Dependencies(IEnumerable<DataViewSchema.Column> columns)
    {
        var needed = new bool[OutputIndex];
        foreach (var column in columns)
            if (column.Index != OutputIndex)
                needed[column.Index] = true;
            else
                foreach (var read in (DataViewSchema.Column?[])[InputColumn, InstanceColumn])
                    if (read is { } one)
                        needed[one.Index] = true;
        return Input.Where(column => needed[column.Index]);
    }
}
