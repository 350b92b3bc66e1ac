using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetImageTranslation.Transforms;

/// <summary>Pictures: ML.NET disposes them when its cursor moves on, so the buffer keeps clones, and every reader gets one of its own.</summary>
internal sealed class PictureColumnBuffer(DataViewRow row, DataViewSchema.Column column, int rows) : ColumnBufferOf<MLImage?>(row, column, rows)
{
    private MLImage? _source;

    protected override void Take(ValueGetter<MLImage?> getter, ref MLImage? kept)
    {
        getter(ref _source);
        kept = PictureGetter.Clone(_source);
    }

    protected override void Give(in MLImage? kept, ref MLImage? value) => value = PictureGetter.Clone(kept);

    protected override void Release(ref MLImage? kept)
    {
        kept?.Dispose();
        kept = null;
    }
}
