namespace MlNetImageTranslation.Networks;

/// <summary>A name that a pickle refers to, such as <c>torch.FloatStorage</c>; one of <see cref="PickleGlobals"/>, never resolved to code.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}
