using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Puts a ready generator into a pipeline. There is nothing to learn: <see cref="Fit"/> only looks at the schema.
/// </summary>
/// <remarks>
/// | | |
/// | -- | -- |
/// | Looks at the data to train its parameters? | No |
/// | Input column data type | MLImage, of one size or of any; or text: paths of image files; or a vector of bytes: the
/// content of an image file. Files are turned upright by their Exif orientation |
/// | Instance column data type | the same, for models that read instance images |
/// | Output column data type | MLImage; of one size when the input has one or the mode gives one |
/// | Native NuGet package | Microsoft.ML.OnnxRuntime or Microsoft.ML.OnnxRuntime.Gpu |
/// </remarks>
public sealed class ImageTranslationEstimator : IEstimator<ImageTranslationTransformer>
{
    private readonly TransformsCatalog _catalog;
    private readonly ImageTranslationOptions _options;
    private readonly HostAccess _host;
    private readonly TranslationEngine _schemaEngine;
    private TranslationEngine? _ready;

    internal ImageTranslationEstimator(TransformsCatalog catalog, ImageTranslationOptions options)
    {
        _catalog = catalog;
        _host = new(catalog);
        _options = options.Snapshot(_host);
        _schemaEngine = Load();
        try
        {
            const string option = nameof(_options.InstanceColumnName);
            TranslationSource.CheckInstances(
                _schemaEngine.Model,
                _options.InstanceColumnName is not null,
                option,
                option
            );
        }
        catch
        {
            _schemaEngine.Dispose();
            throw;
        }
        _ready = _schemaEngine;
    }

    /// <summary>Makes the transformer for this data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of another type.</exception>
    public ImageTranslationTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        // Every transformer owns its engine: the first gets the one that was loaded to check the model.
        var engine = Interlocked.Exchange(ref _ready, null) ?? Load();
        try
        {
            return new(
                _catalog,
                _host,
                _options,
                engine,
                new TranslationBinding(input.Schema, _options, engine).InputColumn.Type
            );
        }
        catch
        {
            Interlocked.CompareExchange(ref _ready, engine, null);
            throw;
        }
    }

    /// <summary>The schema that comes out for this one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        if (_options.InstanceColumnName is { } instances)
            Find(inputSchema, instances);
        var column = Find(inputSchema, _options.Input);
        return AddColumn(inputSchema, TranslationBinding.OutputType(column.ItemType, _schemaEngine));
    }

    private static SchemaShape.Column Find(SchemaShape schema, string name)
    {
        var column =
            schema.Cast<SchemaShape.Column?>().FirstOrDefault(candidate => candidate!.Value.Name == name)
            ?? throw ImageGetter.Missing(name);
        return ImageGetter.CanRead(column)
            ? column
            : throw ImageGetter.Mismatch(
                name,
                column.Kind == SchemaShape.Column.VectorKind.Scalar
                    ? column.ItemType.ToString()!
                    : $"{column.Kind} of {column.ItemType}"
            );
    }

    // SchemaShape.Column has no public constructor; a mapping that is never run makes one of any type.
    private SchemaShape AddColumn(SchemaShape shape, ImageDataViewType type)
    {
        var definition = SchemaDefinition.Create(typeof(ImageColumn));
        var column = definition[nameof(ImageColumn.Image)];
        (column.ColumnName, column.ColumnType) = (_options.OutputColumnName, type);
        return _catalog
            .CustomMapping<NoColumns, ImageColumn>((_, _) => { }, null, outputSchemaDefinition: definition)
            .GetOutputSchema(shape);
    }

    private TranslationEngine Load() => new(_options.ModelFile, _options);

    private sealed class NoColumns;

    private sealed class ImageColumn
    {
        [ImageType(1, 1)]
        public MLImage? Image { get; set; }
    }
}
