namespace MlNetImageTranslation.Weights;

/// <summary>A name that a pickle refers to, such as <c>torch.FloatStorage</c>; never resolved to code.</summary>
/// <param name="Module">The module.</param>
/// <param name="Name">The name in it.</param>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}
