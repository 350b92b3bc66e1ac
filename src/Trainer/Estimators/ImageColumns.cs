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
    /// <param name="source">A column of images.</param>
    /// <param name="target">A column of images, or of the paths of image files.</param>
    /// <param name="preprocessing">How images are resized.</param>
    public static ImagePairs ReadPairs(IDataView view, string source, string target, Preprocessing preprocessing)
    {
        var pairs = new List<(RgbImage A, RgbImage B)>();
        var sources = Find(view.Schema, source);
        var targets = FindImagesOrPaths(view.Schema, target);
        using var cursor = view.GetRowCursor([sources, targets]);
        var getSource = Images(cursor, sources);
        var getTarget = targets.Type is TextDataViewType ? Files(cursor, targets) : Images(cursor, targets);
        while (cursor.MoveNext())
            pairs.Add((preprocessing.Resize(getSource()), preprocessing.Resize(getTarget())));
        return ImagePairs.FromImages(pairs);
    }

    /// <summary>Reads one column as a set of images.</summary>
    public static ImageSet ReadImages(IDataView view, string name, Preprocessing preprocessing)
    {
        var images = new List<RgbImage>();
        var column = Find(view.Schema, name);
        using var cursor = view.GetRowCursor([column]);
        var next = Images(cursor, column);
        while (cursor.MoveNext())
            images.Add(preprocessing.Resize(next()));
        return ImageSet.FromImages(images);
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

    /// <summary>The type of an image column of a shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is missing or holds no images.</exception>
    public static ImageDataViewType Find(SchemaShape shape, string name)
    {
        foreach (var column in shape)
            if (column.Name == name)
                return column is { Kind: SchemaShape.Column.VectorKind.Scalar, ItemType: ImageDataViewType type }
                    ? type
                    : throw Mismatch(name, column.ItemType.ToString()!);
        throw Missing(name);
    }

    /// <summary>Throws unless a column of a shape holds images or the paths of image files.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is missing or holds something else.</exception>
    public static void RequireImagesOrPaths(SchemaShape shape, string name)
    {
        foreach (var column in shape)
            if (
                column is { Kind: SchemaShape.Column.VectorKind.Scalar, ItemType: TextDataViewType }
                && column.Name == name
            )
                return;
        Find(shape, name);
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, string name)
    {
        if (schema.GetColumnOrNull(name) is not { } column)
            throw Missing(name);
        return column.Type is ImageDataViewType ? column : throw Mismatch(name, column.Type.ToString()!);
    }

    private static DataViewSchema.Column FindImagesOrPaths(DataViewSchema schema, string name) =>
        schema.GetColumnOrNull(name) is { Type: TextDataViewType } paths ? paths : Find(schema, name);

    private static Func<RgbImage> Images(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        var getter = cursor.GetGetter<MLImage>(column);
        return () =>
        {
            MLImage? image = null;
            getter(ref image!);
            return image?.ToRgbImage()
                ?? throw new InvalidDataException($"Column '{column.Name}' has no image in row {cursor.Position}.");
        };
    }

    private static Func<RgbImage> Files(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        var getter = cursor.GetGetter<ReadOnlyMemory<char>>(column);
        return () =>
        {
            ReadOnlyMemory<char> path = default;
            getter(ref path);
            return path.IsEmpty
                ? throw new InvalidDataException($"Column '{column.Name}' has no path in row {cursor.Position}.")
                : ImageDecoder.Decode(path.ToString());
        };
    }

    private static ArgumentOutOfRangeException Missing(string name) =>
        new("inputSchema", $"Could not find input column '{name}'");

    private static ArgumentOutOfRangeException Mismatch(string name, string found) =>
        new("inputSchema", $"Schema mismatch for input column '{name}': expected Image, got {found}");

    private sealed class NoColumns;

    private sealed class ImageColumn
    {
        [ImageType(1, 1)]
        public MLImage? Image { get; set; }
    }
}
