namespace MlNetImageTranslation;

/// <summary>Weights, whose factors are there already or are made when they are needed.</summary>
/// <param name="Panels">How they are taken.</param>
/// <param name="Address">The factors, or [outputs, inputs, kernel, kernel].</param>
/// <param name="AreFactors">Which of both they are.</param>
internal readonly unsafe record struct WinogradWeightSource(WinogradPanels Panels, nint Address, bool AreFactors)
{
    /// <summary>Values of the room that <see cref="Factors{TFiltering}"/> needs.</summary>
    public int Space => AreFactors ? 0 : Panels.SliceSize;

    /// <summary>The factors of a slice of a panel.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="slice">The slice.</param>
    /// <param name="space">Room for them.</param>
    public float* Factors<TFiltering>(WinogradShape shape, int panel, int slice, float* space)
        where TFiltering : struct, IMinimalFiltering
    {
        if (AreFactors)
            return (float*)Address + Panels.Place(panel, slice);
        WinogradWeights<TFiltering>.Transform(shape, Panels, panel, slice, (float*)Address, space);
        return space;
    }
}
