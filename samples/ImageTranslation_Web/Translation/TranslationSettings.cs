namespace ImageTranslation_Web.Translation;

/// <summary>
/// Section <c>Translation</c> of the configuration (<c>--Translation:QueueLength 8</c> on the command line).
/// </summary>
internal sealed class TranslationSettings
{
    /// <summary>The folder with ONNX files; null: <c>models</c> in the current folder or above it.</summary>
    public string? ModelsFolder { get; set; }

    /// <summary>Images that may wait or be on their way up; one more is answered with 503 and Retry-After.</summary>
    public int QueueLength { get; set; } = 16;

    /// <summary>Images that are translated at the same time.</summary>
    public int Workers { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>The largest upload in bytes.</summary>
    public long MaximumBytes { get; set; } = 10 << 20;

    /// <summary>The most pixels of an upload.</summary>
    public long MaximumPixels { get; set; } = 4_000_000;
}
