using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Evaluation;

/// <summary>Reads columns of images for evaluation.</summary>
internal static class EvaluationColumns
{
    public static void Read(IDataView data, string columnName, Action<RgbImage> use)
    {
        var column = Images(data, columnName);
        using var cursor = data.GetRowCursor([column]);
        var images = new ImageGetter(cursor, column);
        while (cursor.MoveNext())
            if (images.Read() is { } image)
                use(image);
    }

    public static void ReadPairs(
        IDataView data,
        string targetColumnName,
        string translatedColumnName,
        string? labelColumnName,
        string? nameColumnName,
        Action<string, RgbImage, RgbImage, RgbImage?> use
    )
    {
        DataViewSchema.Column target = Images(data, targetColumnName),
            translated = Images(data, translatedColumnName);
        var labels = labelColumnName is null ? (DataViewSchema.Column?)null : Images(data, labelColumnName);
        var names = nameColumnName is null ? (DataViewSchema.Column?)null : Find(data, nameColumnName);
        if (names is { Type: not TextDataViewType } other)
            throw new ArgumentOutOfRangeException(
                nameof(nameColumnName),
                $"Schema mismatch for name column '{nameColumnName}': expected String, got {other.Type}"
            );
        DataViewSchema.Column?[] needed = [target, translated, labels, names];
        using var cursor = data.GetRowCursor(needed.OfType<DataViewSchema.Column>().DistinctBy(column => column.Index));
        ImageGetter targets = new(cursor, target),
            results = new(cursor, translated);
        var labelImages = labels is { } labelColumn ? new ImageGetter(cursor, labelColumn) : null;
        var getName = names is { } nameColumn ? cursor.GetGetter<ReadOnlyMemory<char>>(nameColumn) : null;
        ReadOnlyMemory<char> name = default;
        while (cursor.MoveNext())
        {
            if (results.Read() is not { } result || targets.Read() is not { } expected)
                continue;
            getName?.Invoke(ref name);
            use(
                getName is null ? (cursor.Position + 1).ToString(CultureInfo.InvariantCulture) : name.ToString(),
                result,
                expected,
                labelImages?.Read()
            );
        }
    }

    private static DataViewSchema.Column Find(IDataView data, string name) =>
        data.Schema.GetColumnOrNull(name)
        ?? throw new ArgumentOutOfRangeException(nameof(name), $"Could not find input column '{name}'");

    private static DataViewSchema.Column Images(IDataView data, string name)
    {
        var column = Find(data, name);
        return ImageGetter.CanRead(column.Type)
            ? column
            : throw new ArgumentOutOfRangeException(
                nameof(name),
                $"Schema mismatch for input column '{name}': expected {ImageGetter.ReadableTypes}, got {column.Type}"
            );
    }
}
