namespace MlNetImageTranslation.Networks;

/// <summary>Pixels put around the input.</summary>
public sealed record PaddingLayer : Layer
{
    /// <summary>How many on each side.</summary>
    public required Padding Padding { get; init; }

    /// <summary>What they are.</summary>
    public PaddingMode Mode { get; init; }

    /// <inheritdoc/>
    public override TensorShape OutputShape(ReadOnlySpan<TensorShape> inputs)
    {
        var input = Single(inputs);
        int widest = Math.Max(Padding.Left, Padding.Right),
            highest = Math.Max(Padding.Top, Padding.Bottom);
        if (Mode == PaddingMode.Reflect && (widest >= input.Width || highest >= input.Height))
            throw new ArgumentException(
                $"Layer '{Name}' cannot mirror {widest}x{highest} pixels of an input of {input}: reflection needs "
                    + $"larger images."
            );
        return new(
            input.Channels,
            input.Height + Padding.Top + Padding.Bottom,
            input.Width + Padding.Left + Padding.Right
        );
    }
}

/// <summary>What a padding layer puts around its input.</summary>
public enum PaddingMode
{
    /// <summary>Zeros.</summary>
    Zero,

    /// <summary>The image mirrored at its border pixels, which are not repeated.</summary>
    Reflect,

    /// <summary>The border pixels repeated.</summary>
    Replicate,
}
