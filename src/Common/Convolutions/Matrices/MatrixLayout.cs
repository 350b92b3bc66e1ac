namespace MlNetImageTranslation;

/// <summary>Where <see cref="MatrixKernel"/> finds values and puts results; all distances in values.</summary>
internal readonly struct MatrixLayout
{
    /// <summary>From one row of the left matrix to the next.</summary>
    public required nint LeftRow { get; init; }

    /// <summary>From one value of a left row to the next.</summary>
    public required nint LeftStep { get; init; }

    /// <summary>What is skipped after each group of values of a left row.</summary>
    public nint LeftGroup { get; init; }

    /// <summary>From the first 16 values of a row of the right matrix to the other 16.</summary>
    public required nint RightHalf { get; init; }

    /// <summary>From one row of the right matrix to the next.</summary>
    public required nint RightStep { get; init; }

    /// <summary>From one row of the result to the next.</summary>
    public required nint ResultRow { get; init; }

    /// <summary>How many groups of products are summed.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>How many products a group has.</summary>
    public required int Steps { get; init; }

    /// <summary>How many products fewer the last group has.</summary>
    public int Missing { get; init; }

    /// <summary>Whether the products are added to what is in the result.</summary>
    public bool Add { get; init; }

    public MatrixLayout() { }
}
