namespace MlNetImageTranslation.Weights;

/// <summary>
/// A name that a pickle refers to, such as <c>torch.FloatStorage</c>; one of <see cref="PickleGlobals"/>, never
/// resolved to code.
/// </summary>
/// <param name="Module">The module.</param>
/// <param name="Name">The name in it.</param>
/// <param name="IsInert">Whether it is one of <see cref="InertGlobals"/>.</param>
internal sealed record PickleGlobal(string Module, string Name, bool IsInert = false)
{
    public override string ToString() => $"{Module}.{Name}";
}
