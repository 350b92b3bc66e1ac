using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Trainer;

/// <summary>Translates from the first kind of images to the second; <see cref="Reverse"/> translates back.</summary>
public sealed class TwoWayTransformer : ITransformer, IDisposable
{
    internal TwoWayTransformer(ImageTranslationTransformer forward, ImageTranslationTransformer reverse) =>
        (Forward, Reverse) = (forward, reverse);

    /// <summary>From the source column to the output column; this transformer does the same.</summary>
    public ImageTranslationTransformer Forward { get; }

    /// <summary>From the target column to the reverse output column. A pipeline of its own, saved by itself.</summary>
    public ImageTranslationTransformer Reverse { get; }

    /// <summary>True: PredictionEngine takes it.</summary>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Forward.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => Forward.Transform(input);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => Forward.GetRowToRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)Forward).Save(ctx);

    /// <summary>Frees both models.</summary>
    public void Dispose()
    {
        Forward.Dispose();
        Reverse.Dispose();
    }
}
