namespace MlNetImageTranslation.Weights;

/// <summary>Python bytes, which no weight is made of: read past.</summary>
internal sealed class PickleBytes
{
    private PickleBytes() { }

    /// <summary>The only one; it holds nothing.</summary>
    public static PickleBytes Instance { get; } = new();

    public override string ToString() => "bytes";
}
