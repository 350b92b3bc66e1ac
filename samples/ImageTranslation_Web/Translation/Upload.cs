namespace ImageTranslation_Web;

/// <summary>What a visitor sent: an image file, for a model that there is.</summary>
internal sealed class Upload(string model, byte[] file)
{
    private byte[]? _file = file;

    public string Model => model;

    /// <summary>Hands over the file, once: it is not kept while the answer is read.</summary>
    public byte[] Take() =>
        Interlocked.Exchange(ref _file, null) ?? throw new InvalidOperationException("The upload was taken before.");
}
