using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

/// <summary>Image columns of data views and of their shapes.</summary>
internal static class ImageColumns
{
    /// <summary>
    /// Reads two columns as pairs, and a third one as the instance images of the first. Images are resized as they
    /// come, so that only what training needs stays in memory.
    /// </summary>
    /// <param name="view">The data.</param>
    /// <param name="options">The columns, how images are resized, and what is done about bad rows.</param>
    /// <param name="progress">Who is told of rows that are left out.</param>
    /// <returns>The pairs, and their instance images where there is a column of them.</returns>
    /// <exception cref="InvalidDataException">An instance image has another size than its source image.</exception>
    public static (ImagePairs Pairs, IReadOnlyList<RgbImage>? Instances) ReadPairs(
        IDataView view,
        PairedOptions options,
        IProgress<TrainingProgress> progress
    )
    {
        var resize = options.Preprocessing;
        bool labels = options.ReadsLabels;
        List<DataViewSchema.Column> columns =
        [
            ImageGetter.Find(view.Schema, options.SourceColumnName),
            ImageGetter.Find(view.Schema, options.TargetColumnName),
        ];
        if (options.InstanceColumnName is { } name)
            columns.Add(ImageGetter.Find(view.Schema, name));
        var pairs = new List<(RgbImage A, RgbImage B)>();
        var instances = columns.Count > 2 ? new List<RgbImage>() : null;
        foreach (var images in new ColumnRows(view, columns, options, progress, instances is null ? null : 2).Read())
        {
            if (instances is not null && images[2].Size != images[0].Size)
                throw new InvalidDataException(
                    $"Image {pairs.Count} of column '{columns[2].Name}' is {images[2].Size}; expected "
                        + $"{images[0].Size}, the size of its label image in column '{columns[0].Name}'."
                );
            pairs.Add((resize.Resize(images[0], labels), resize.Resize(images[1])));
            instances?.Add(resize.Resize(images[2], labels: true));
        }
        return (ImagePairs.FromImages(pairs), instances);
    }

    /// <summary>Reads one column as a set of images.</summary>
    /// <param name="view">The data.</param>
    /// <param name="source">A column of images, or of image files.</param>
    /// <param name="options">How images are resized, and what is done about bad rows.</param>
    /// <param name="progress">Who is told of rows that are left out.</param>
    public static ImageSet ReadImages(
        IDataView view,
        string source,
        TrainingOptions options,
        IProgress<TrainingProgress> progress
    )
    {
        var resize = options.Preprocessing;
        var rows = new ColumnRows(view, [ImageGetter.Find(view.Schema, source)], options, progress);
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
                    : throw ImageGetter.Mismatch(name, column.ItemType.ToString()!);
        throw ImageGetter.Missing(name);
    }

    private sealed class NoColumns;

    private sealed class ImageColumn
    {
        [ImageType(1, 1)]
        public MLImage? Image { get; set; }
    }
}
