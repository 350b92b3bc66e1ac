using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// One row at a time with the new column. However many getters ask, a row is translated once: results are kept by its
/// position.
/// </summary>
internal sealed class TranslatedRow : DataViewRow
{
    private readonly DataViewRow _input;
    private readonly TranslationBinding _binding;
    private readonly TranslationEngine _engine;
    private readonly bool[] _active;
    private readonly SourceGetter? _source;
    private long? _position;
    private TranslatedImage? _translated;

    public TranslatedRow(
        DataViewRow input,
        TranslationBinding binding,
        TranslationEngine engine,
        IEnumerable<DataViewSchema.Column> activeColumns
    )
    {
        (_input, _binding, _engine) = (input, binding, engine);
        _active = new bool[binding.Output.Count];
        foreach (var column in activeColumns)
            _active[column.Index] = true;
        if (_active[binding.OutputIndex])
            _source = SourceGetter.InPlace(input, binding, engine.Settings.KeepAlpha);
    }

    public override DataViewSchema Schema => _binding.Output;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        ColumnAccess.Check(_active, column);
        return column.Index == _binding.OutputIndex
            ? ColumnAccess.As<TValue>(new ValueGetter<MLImage?>(Get))
            : _input.GetGetter<TValue>(_binding.Input[column.Index]);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _input.Dispose();
        base.Dispose(disposing);
    }

    private void Get(ref MLImage? value)
    {
        if (_position != _input.Position)
        {
            _position = null;
            _translated = _source!.Read() is { } source ? _engine.TranslateOne(source, ResultForm.MLImage) : null;
            _position = _input.Position;
        }
        value = _translated?.ToMLImage();
    }
}
