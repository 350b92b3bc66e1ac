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

    /// <inheritdoc cref="ImageTranslationEvaluationCatalog.EvaluateImageTranslation(MLContext, IDataView, string, string, ImageTranslationEvaluationOptions?, string?)"/>
    public ImageTranslationMetrics Evaluate(
        IDataView data,
        string targetColumnName = "Target",
        string translatedColumnName = "Translated",
        ImageTranslationEvaluationOptions? options = null,
        string? nameColumnName = null
    ) => Context.EvaluateImageTranslation(data, targetColumnName, translatedColumnName, options, nameColumnName);

    /// <inheritdoc cref="ImageTranslationEvaluationCatalog.EvaluateImageTranslation(MLContext, IDataView, string, IDataView, string, ImageTranslationEvaluationOptions)"/>
    public ImageTranslationMetrics Evaluate(
        IDataView translatedData,
        string translatedColumnName,
        IDataView targetData,
        string targetColumnName,
        ImageTranslationEvaluationOptions options
    ) => Context.EvaluateImageTranslation(translatedData, translatedColumnName, targetData, targetColumnName, options);
}
