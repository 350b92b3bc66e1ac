using MlNetImageTranslation.Evaluation;

namespace Microsoft.ML;

/// <summary>
/// Image-to-image translation as a task of ML.NET, reached as <c>mlContext.ImageTranslation</c>: evaluation, and with
/// the package MlNetImageTranslation.Trainer the trainers.
/// </summary>
/// <param name="mlContext">The context that the task belongs to.</param>
public sealed class ImageTranslationTaskCatalog(MLContext mlContext)
{
    /// <summary>The context that the task belongs to.</summary>
    public MLContext Context { get; } = mlContext ?? throw new ArgumentNullException(nameof(mlContext));

    /// <summary>Scores a column of translated images against a column of targets.</summary>
    /// <param name="data">Rows with both columns; a row without a translated image or a target is left out.</param>
    /// <param name="targetColumnName">The column of images, or of the paths of image files, as they should be.</param>
    /// <param name="translatedColumnName">The column of translated images, each of its target's size.</param>
    /// <param name="options">What to measure beyond L1, PSNR and SSIM.</param>
    /// <param name="nameColumnName">A text column that names the images; null names them by their number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">An image and its target differ in size.</exception>
    public ImageTranslationMetrics Evaluate(
        IDataView data,
        string targetColumnName = "Target",
        string translatedColumnName = "Translated",
        ImageTranslationEvaluationOptions? options = null,
        string? nameColumnName = null
    )
    {
        ArgumentNullException.ThrowIfNull(data);
        using var evaluator = new ImageTranslationEvaluator(options);
        string? labelColumnName = evaluator.NeedsLabels
            ? options!.LabelColumnName
                ?? throw new ArgumentNullException(
                    nameof(options),
                    $"{nameof(options.LabelColumnName)} names the column of label images."
                )
            : null;
        EvaluationColumns.ReadPairs(
            data,
            targetColumnName,
            translatedColumnName,
            labelColumnName,
            nameColumnName,
            (name, translated, target, labels) => evaluator.Add(name, translated, target, labels)
        );
        return evaluator.Complete();
    }

    /// <summary>
    /// Compares the distribution of translated images with that of real ones, where there are no targets of the same
    /// scene (CycleGAN).
    /// </summary>
    /// <param name="translatedData">Rows with translated images.</param>
    /// <param name="translatedColumnName">Their column.</param>
    /// <param name="targetData">Rows with real images of the target's kind.</param>
    /// <param name="targetColumnName">Their column.</param>
    /// <param name="options">Options with <see cref="ImageTranslationEvaluationOptions.Features"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">The options name no feature network.</exception>
    public ImageTranslationMetrics Evaluate(
        IDataView translatedData,
        string translatedColumnName,
        IDataView targetData,
        string targetColumnName,
        ImageTranslationEvaluationOptions options
    )
    {
        ArgumentNullException.ThrowIfNull(translatedData);
        ArgumentNullException.ThrowIfNull(targetData);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Features is null || options.Palette is not null)
            throw new ArgumentException(
                $"Images without targets of the same scene are compared by {nameof(options.Features)}, and by "
                    + $"nothing else.",
                nameof(options)
            );
        using var evaluator = new ImageTranslationEvaluator(options);
        EvaluationColumns.Read(translatedData, translatedColumnName, evaluator.AddTranslated);
        EvaluationColumns.Read(targetData, targetColumnName, evaluator.AddTarget);
        return evaluator.Complete();
    }
}
