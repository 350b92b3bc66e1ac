namespace MlNetImageTranslation.Networks;

/// <summary>The sum of several layers of one shape.</summary>
public sealed record AdditionLayer : Layer
{
    /// <inheritdoc/>
    public override TensorShape OutputShape(ReadOnlySpan<TensorShape> inputs)
    {
        if (inputs.Length < 2)
            throw new ArgumentException($"Layer '{Name}' adds two inputs or more, but has {inputs.Length}.");
        foreach (var input in inputs)
            if (input != inputs[0])
                throw new ArgumentException(
                    $"Layer '{Name}' adds inputs of one shape, but got {inputs[0]} and {input}."
                );
        return inputs[0];
    }
}
