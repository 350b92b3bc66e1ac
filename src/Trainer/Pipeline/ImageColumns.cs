using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

/// <summary>Image columns of data views and of their shapes.</summary>
internal static class ImageColumns
{
    /// <summary>
    /// Reads two columns as pairs. Images are resized as they come, so that only what training needs stays in memory.
    /// </summary>
    /// <param name="view">The data.</param>
    /// <param name="source">A column of images, or of image files.</param>
    /// <param name="target">A column of images, or of image files.</param>
    /// <param name="options">How images are resized, and what is done about bad rows.</param>
    /// <param name="progress">Who is told of rows that are left out.</param>
    public static ImagePairs ReadPairs(
        IDataView view,
        string source,
        string target,
        PairedOptions options,
        IProgress<TrainingProgress> progress
    )
    {
        var resize = options.Preprocessing;
        bool labels = options.ReadsLabels;
        var rows = new ColumnRows(view, [Find(view.Schema, source), Find(view.Schema, target)], options, progress);
        return ImagePairs.FromImages([
            .. rows.Read().Select(images => (A: resize.Resize(images[0], labels), B: resize.Resize(images[1]))),
        ]);
    }

    /// <summary>Reads one column as a set of images.</summary>
    /// <inheritdoc cref="ReadPairs"/>
    public static ImageSet ReadImages(
        IDataView view,
        string source,
        TrainingOptions options,
        IProgress<TrainingProgress> progress
    )
    {
        var resize = options.Preprocessing;
        var rows = new ColumnRows(view, [Find(view.Schema, source)], options, progress);
        return ImageSet.FromImages([.. rows.Read().Select(images => resize.Resize(images[0]))]);
    }

    /// <summary>The shape with an image column more, of the type of an input column.</summary>
    public static SchemaShape AddColumn(TransformsCatalog catalog, SchemaShape shape, string input, string output)
    {
        // SchemaShape.Column has no public constructor; a mapping that is never run makes one of any type.
        var definition = SchemaDefinition.Create(typeof(ImageColumn));
        var column = definition[nameof(ImageColumn.Image)];
        (column.ColumnName, column.ColumnType) = (output, Find(shape, input));
        return catalog
            .CustomMapping<NoColumns, ImageColumn>((_, _) => { }, null, outputSchemaDefinition: definition)
            .GetOutputSchema(shape);
    }

    /// <summary>Throws unless a column of a shape holds images or image files.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is missing or holds something else.</exception>
    public static void Require(SchemaShape shape, string name) => Find(shape, name);

    // The type of the images; without a size if the column holds files.
    private static ImageDataViewType Find(SchemaShape shape, string name)
    {
        foreach (var column in shape)
            if (column.Name == name)
                return ImageGetter.CanRead(column)
                    ? column.ItemType as ImageDataViewType ?? new()
                    : throw Mismatch(name, column.ItemType.ToString()!);
        throw Missing(name);
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, string name)
    {
        if (schema.GetColumnOrNull(name) is not { } column)
            throw Missing(name);
        return ImageGetter.CanRead(column.Type) ? column : throw Mismatch(name, column.Type.ToString()!);
    }

    private static ArgumentOutOfRangeException Missing(string name) =>
        new("inputSchema", $"Could not find input column '{name}'");

    private static ArgumentOutOfRangeException Mismatch(string name, string found) =>
        new(
            "inputSchema",
            $"Schema mismatch for input column '{name}': expected {ImageGetter.ReadableTypes}, got {found}"
        );

    private sealed class NoColumns;

    private sealed class ImageColumn
    {
        [ImageType(1, 1)]
        public MLImage? Image { get; set; }
    }
}
