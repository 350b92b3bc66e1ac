using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Images: ML.NET disposes them when its cursor moves on, so the buffer keeps clones, and every reader gets one of its
/// own.
/// </summary>
internal sealed class ImageColumnBuffer(DataViewRow row, DataViewSchema.Column column, int rows)
    : ColumnBufferOf<MLImage?>(row, column, rows)
{
    private MLImage? _source;

    protected override void Take(ValueGetter<MLImage?> getter, ref MLImage? kept)
    {
        getter(ref _source);
        kept = ImageGetter.Clone(_source);
    }

    protected override void Give(in MLImage? kept, ref MLImage? value) => value = ImageGetter.Clone(kept);

    protected override void Release(ref MLImage? kept)
    {
        kept?.Dispose();
        kept = null;
    }
}
