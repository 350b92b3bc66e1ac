using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MlNetImageTranslation.Trainer;

/// <summary>Picture columns of data views and of their shapes.</summary>
internal static class PictureColumns
{
    /// <summary>Reads two columns as pairs. Pictures are resized as they come, so that only what training needs stays in memory.</summary>
    public static PicturePairs ReadPairs(IDataView view, string columnA, string columnB, Preprocessing preprocessing)
    {
        var pairs = new List<(RgbImage A, RgbImage B)>();
        var (a, b) = (Find(view.Schema, columnA), Find(view.Schema, columnB));
        using var cursor = view.GetRowCursor([a, b]);
        var (getA, getB) = (cursor.GetGetter<MLImage>(a), cursor.GetGetter<MLImage>(b));
        while (cursor.MoveNext())
            pairs.Add((preprocessing.Resize(Read(getA, columnA, cursor.Position)), preprocessing.Resize(Read(getB, columnB, cursor.Position))));
        return PicturePairs.FromImages(pairs);
    }

    /// <summary>Reads one column as a pile of pictures.</summary>
    public static Pictures ReadPictures(IDataView view, string name, Preprocessing preprocessing)
    {
        var pictures = new List<RgbImage>();
        var column = Find(view.Schema, name);
        using var cursor = view.GetRowCursor([column]);
        var getter = cursor.GetGetter<MLImage>(column);
        while (cursor.MoveNext()) pictures.Add(preprocessing.Resize(Read(getter, name, cursor.Position)));
        return Pictures.FromImages(pictures);
    }

    /// <summary>The shape with a picture column more, of the type of an input column.</summary>
    public static SchemaShape AddColumn(TransformsCatalog catalog, SchemaShape shape, string input, string output)
    {
        // SchemaShape.Column has no public constructor; a mapping that is never run makes one of any type.
        var definition = SchemaDefinition.Create(typeof(PictureColumn));
        var column = definition[nameof(PictureColumn.Picture)];
        (column.ColumnName, column.ColumnType) = (output, Find(shape, input));
        return catalog.CustomMapping<NoColumns, PictureColumn>((_, _) => { }, null, outputSchemaDefinition: definition).GetOutputSchema(shape);
    }

    /// <summary>The type of a picture column of a shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is missing or holds no pictures.</exception>
    public static ImageDataViewType Find(SchemaShape shape, string name)
    {
        foreach (var column in shape)
            if (column.Name == name)
                return column is { Kind: SchemaShape.Column.VectorKind.Scalar, ItemType: ImageDataViewType type } ? type : throw Mismatch(name, column.ItemType.ToString()!);
        throw Missing(name);
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, string name)
    {
        if (schema.GetColumnOrNull(name) is not { } column) throw Missing(name);
        return column.Type is ImageDataViewType ? column : throw Mismatch(name, column.Type.ToString()!);
    }

    private static RgbImage Read(ValueGetter<MLImage> getter, string column, long row)
    {
        MLImage? image = null;
        getter(ref image!);
        return image?.ToRgbImage() ?? throw new InvalidDataException($"Column '{column}' has no picture in row {row}.");
    }

    private static ArgumentOutOfRangeException Missing(string name) => new("inputSchema", $"Could not find input column '{name}'");

    private static ArgumentOutOfRangeException Mismatch(string name, string found) =>
        new("inputSchema", $"Schema mismatch for input column '{name}': expected Image, got {found}");

    private sealed class NoColumns;

    private sealed class PictureColumn
    {
        [ImageType(1, 1)]
        public MLImage? Picture { get; set; }
    }
}
