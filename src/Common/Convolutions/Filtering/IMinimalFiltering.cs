namespace MlNetImageTranslation;

/// <summary>
/// Winograd's minimal filtering F(m, r) of a line (Lavin and Gray, arXiv 1509.09308, section 4.1): m results of a
/// filter of r taps by m + r - 1 multiplications. Each transform is there with its transpose, which leads gradients
/// back.
/// </summary>
/// <remarks>
/// Every member reads a line of vectors of 16 values, one for each of 16 channels, and writes one. The distances
/// <c>from</c> and <c>to</c> are those between the vectors of a line, in values.
/// </remarks>
internal unsafe interface IMinimalFiltering
{
    /// <summary>Taps of the filter: r.</summary>
    static abstract int Taps { get; }

    /// <summary>Results of a line: m.</summary>
    static abstract int Tile { get; }

    /// <summary>Channels that are transformed at once.</summary>
    const int Channels = 16;

    /// <summary>m + r - 1 inputs to as many factors.</summary>
    static abstract void Input(float* source, nint from, float* target, nint to);

    /// <summary>The transpose of <see cref="Input"/>.</summary>
    static abstract void InputBack(float* source, nint from, float* target, nint to);

    /// <summary>r taps to m + r - 1 factors.</summary>
    static abstract void Kernel(float* source, nint from, float* target, nint to);

    /// <summary>The transpose of <see cref="Kernel"/>.</summary>
    static abstract void KernelBack(float* source, nint from, float* target, nint to);

    /// <summary>m + r - 1 products to m results.</summary>
    static abstract void Result(float* source, nint from, float* target, nint to);

    /// <summary>The transpose of <see cref="Result"/>.</summary>
    static abstract void ResultBack(float* source, nint from, float* target, nint to);
}
