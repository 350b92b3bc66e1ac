using System.IO.Compression;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed class ModelOperationsCatalog
{
    private readonly IHostEnvironment _env;

    internal ModelOperationsCatalog(IHostEnvironment env) => _env = env;

    public void Save(ITransformer model, DataViewSchema inputSchema, Stream stream)
        => ModelFile.Save(Contracts.CheckValue(model, nameof(model)), inputSchema, Contracts.CheckValue(stream, nameof(stream)));

    public void Save(ITransformer model, DataViewSchema inputSchema, string filePath)
    {
        Contracts.CheckNonEmpty(filePath, nameof(filePath));
        using var stream = File.Create(filePath);
        Save(model, inputSchema, stream);
    }

    public ITransformer Load(Stream stream, out DataViewSchema inputSchema) => ModelFile.Load(_env, Contracts.CheckValue(stream, nameof(stream)), out inputSchema);

    public ITransformer Load(string filePath, out DataViewSchema inputSchema)
    {
        Contracts.CheckNonEmpty(filePath, nameof(filePath));
        using var stream = File.OpenRead(filePath);
        return Load(stream, out inputSchema);
    }

    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, bool ignoreMissingColumns = true,
        SchemaDefinition inputSchemaDefinition = null, SchemaDefinition outputSchemaDefinition = null)
        where TSrc : class
        where TDst : class, new()
        => new(transformer, ignoreMissingColumns, inputSchemaDefinition, outputSchemaDefinition, ownsTransformer: true);

    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, DataViewSchema inputSchema)
        where TSrc : class
        where TDst : class, new()
        => new(transformer, false, DataOperationsCatalog.DefinitionOf<TSrc>(Contracts.CheckValue(inputSchema, nameof(inputSchema))), null, ownsTransformer: true);

    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, PredictionEngineOptions options)
        where TSrc : class
        where TDst : class, new()
        => new(transformer, options.IgnoreMissingColumns, options.InputSchemaDefinition, options.OutputSchemaDefinition, options.OwnsTransformer);
}
