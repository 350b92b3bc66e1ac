using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Rows in, rows with the new column out. The schema is one instance for good: ML.NET compares schemas by reference.
/// </summary>
internal sealed class TranslatedRowMapper(TranslationBinding binding, TranslationEngine engine) : IRowToRowMapper
{
    public DataViewSchema InputSchema => binding.Input;

    public DataViewSchema OutputSchema => binding.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        ArgumentNullException.ThrowIfNull(dependingColumns);
        return binding.Dependencies(dependingColumns);
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(activeColumns);
        if (input.Schema != binding.Input)
            throw new ArgumentException(
                "The row has another schema than the one this mapper was made for.",
                nameof(input)
            );
        return new TranslatedRow(input, binding, engine, activeColumns);
    }
}
