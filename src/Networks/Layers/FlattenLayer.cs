namespace MlNetImageTranslation.Networks;

/// <summary>All values of a sample in one row, channel by channel.</summary>
public sealed record FlattenLayer : Layer
{
    /// <inheritdoc/>
    public override TensorShape OutputShape(ReadOnlySpan<TensorShape> inputs) => new(checked((int)Single(inputs).Count), 1, 1);
}
