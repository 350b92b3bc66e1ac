namespace MlNetImageTranslation.Networks;

/// <summary>All values of a sample in one row, channel by channel.</summary>
public sealed record FlattenLayer : Layer
{
    /// <inheritdoc/>
    public override TensorShape OutputShape(ReadOnlySpan<TensorShape> inputs) =>
        Single(inputs).Count is <= int.MaxValue and var count
            ? new((int)count, 1, 1)
            : throw new ArgumentException($"Layer '{Name}' has too many values in an input of {inputs[0]}.");
}
