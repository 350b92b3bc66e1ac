using Microsoft.ML;
using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The rows of columns of images (or of their files), read in order. <see cref="TrainingOptions.BadImages"/> decides
/// about rows that lack an image or whose image cannot be read, as it does for folders.
/// </summary>
/// <param name="view">The data.</param>
/// <param name="columns">The columns.</param>
/// <param name="options">What is done about bad rows.</param>
/// <param name="progress">Who is told of rows that are left out.</param>
/// <param name="instances">Which of the columns has instance images; null for none.</param>
internal sealed class ColumnRows(
    IDataView view,
    IReadOnlyList<DataViewSchema.Column> columns,
    TrainingOptions options,
    IProgress<TrainingProgress> progress,
    int? instances = null
)
{
    /// <summary>The images of each row, one for each column.</summary>
    /// <exception cref="InvalidDataException">A row is bad and the policy is to fail or to look at nothing, or no row
    /// is left.</exception>
    public IEnumerable<RgbImage[]> Read()
    {
        using var cursor = view.GetRowCursor(columns.DistinctBy(column => column.Index));
        ImageGetter[] getters =
        [
            .. columns.Select(
                (column, i) => i == instances ? ImageGetter.OfInstances(cursor, column) : new(cursor, column)
            ),
        ];
        long count = 0;
        long kept = 0;
        for (; cursor.MoveNext(); count++)
        {
            if (ReadRow(getters, cursor.Position) is not { } images)
                continue;
            kept++;
            yield return images;
        }
        if (kept == 0)
            throw new InvalidDataException(
                count == 0
                    ? "There is nothing to train on: the data view has no rows."
                    : $"There is nothing to train on: all {count} rows are bad. The warnings before say why."
            );
    }

    private RgbImage[]? ReadRow(ImageGetter[] getters, long row)
    {
        var images = new RgbImage[getters.Length];
        for (int i = 0; i < images.Length; i++)
        {
            string? problem;
            Exception? cause = null;
            try
            {
                var image = getters[i].Read();
                problem =
                    image is null ? "there is no image"
                    : i == instances ? null
                    : Complaint(image);
                images[i] = image!;
            }
            catch (Exception exception) when (IsOfTheImage(exception))
            {
                problem = exception.Message;
                cause = exception;
            }
            if (problem is null)
                continue;
            string where = $"Row {row}, column '{columns[i].Name}'";
            if (options.BadImages is BadImages.Fail or BadImages.Ignore)
                throw new InvalidDataException($"{where}: {problem}", cause);
            progress.Warn(options, $"{where}: the row is left out: {problem}");
            return null;
        }
        return images;
    }

    // What the scan of a folder leaves out beyond what it cannot read.
    private string? Complaint(RgbImage image) =>
        options.BadImages is BadImages.Skip or BadImages.Fail
        && image.Pixels.AsSpan(3).SequenceEqual(image.Pixels.AsSpan(0, image.Pixels.Length - 3))
            ? "the image has one colour"
            : null;

    // What decoders throw, ours and the one behind LoadImages, for a file that is missing or damaged.
    private static bool IsOfTheImage(Exception exception) =>
        exception is IOException or FormatException or InvalidDataException or UnauthorizedAccessException
        || exception.GetType() == typeof(ArgumentException);
}
