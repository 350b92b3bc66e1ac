using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Adds a column of translated images. Its data views are lazy; their cursors read rows ahead, run them as one batch,
/// and serve them in order. Disposing it (or the chain that it is part of) frees the model.
/// </summary>
/// <remarks>
/// Saving writes a chain of ML.NET's own transformers with the model inside, so that the saved pipeline loads in any
/// ML.NET application without this library. Such a chain knows one size: the input column's, else
/// <see cref="ImageTranslationOptions.SavedSize"/>, else the model's training size. At that size it gives the same
/// pixels. It ignores transparency, which this transformer composes on white, and translates black where there is no
/// image. Paths are loaded by LoadImages, which ignores the Exif orientation. A transformer that reads the bytes of
/// files cannot be saved, because ML.NET has no transformer that decodes them; nor can one with
/// <see cref="ImageTranslationOptions.InstanceColumnName"/>, <see cref="TranslationEngineOptions.KeepColors"/> or
/// <see cref="TranslationEngineOptions.KeepAlpha"/>. ML.NET creates
/// the file before it asks, and leaves a part of it behind: save to a stream where a file of before must survive.
/// </remarks>
public sealed class ImageTranslationTransformer : ITransformer, IDisposable
{
    private readonly TransformsCatalog _catalog;
    private readonly HostAccess _host;
    private readonly DataViewType _fittedType;

    internal ImageTranslationTransformer(
        TransformsCatalog catalog,
        HostAccess host,
        ImageTranslationOptions options,
        TranslationEngine engine,
        DataViewType fittedType
    ) => (_catalog, _host, Options, Engine, _fittedType) = (catalog, host, options, engine, fittedType);

    /// <summary>
    /// What runs the model: its card, its device, and translation without data views. It lives as long as the
    /// transformer.
    /// </summary>
    public TranslationEngine Engine { get; }

    /// <summary>True: PredictionEngine takes it.</summary>
    public bool IsRowToRowMapper => true;

    internal ImageTranslationOptions Options { get; }

    /// <summary>The input's columns and the new one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of another type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new TranslationBinding(inputSchema, Options, Engine).Output;
    }

    /// <summary>A lazy view with the new column; nothing is translated before a cursor asks for it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of another type.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new TranslatedDataView(input, new(input.Schema, Options, Engine), Engine, Options.ReadAhead);
    }

    /// <summary>Translation of one row at a time, as PredictionEngine wants it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of another type.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new TranslatedRowMapper(new(inputSchema, Options, Engine), Engine);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        using var chain = new StockChain(_catalog, _host, Options, Engine, _fittedType);
        chain.Save(ctx);
    }

    /// <summary>Frees the model, after the runs under way.</summary>
    public void Dispose() => Engine.Dispose();
}
