namespace MlNetImageTranslation.Networks;

/// <summary>The channels of several layers, one after another.</summary>
public sealed record ConcatenationLayer : Layer
{
    /// <inheritdoc/>
    public override TensorShape OutputShape(ReadOnlySpan<TensorShape> inputs)
    {
        if (inputs.Length < 2)
            throw new ArgumentException($"Layer '{Name}' concatenates two inputs or more, but has {inputs.Length}.");
        int channels = 0;
        foreach (var input in inputs)
        {
            if ((input.Height, input.Width) != (inputs[0].Height, inputs[0].Width))
                throw new ArgumentException(
                    $"Layer '{Name}' concatenates inputs of one size, but got {inputs[0]} and {input}: the image's "
                        + $"sides are no multiples of the network's size multiple."
                );
            channels += input.Channels;
        }
        return inputs[0] with { Channels = channels };
    }
}
