namespace ImageTranslation_Web;

/// <summary>
/// Section <c>Translation</c> of the configuration (<c>--Translation:QueueLength 8</c> on the command line).
/// </summary>
internal sealed class TranslationSettings
{
    public const string Section = "Translation";

    /// <summary>The folder with ONNX files; null: <c>models</c> in the current folder or above it.</summary>
    public string? ModelsFolder { get; set; }

    /// <summary>What models make of what, by their names: <c>"maps": "aerial photograph → street map"</c>.</summary>
    public Dictionary<string, string> Descriptions { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Images that are translated at the same time, 1 to 1024.</summary>
    public int Workers { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>
    /// Further images that wait for a worker, or whose answers are on their way, 0 to 1024; one more is answered with
    /// 503 and Retry-After.
    /// </summary>
    public int QueueLength { get; set; } = 16;

    /// <summary>Images that are on their way up at the same time, 1 to 1024; one more is answered with 503.</summary>
    public int Uploads { get; set; } = 32;

    /// <summary>Open connections, 1 to 65536; one more is closed at once.</summary>
    public int Connections { get; set; } = 256;

    /// <summary>The largest upload in bytes, 1 to 1 GiB.</summary>
    public long MaximumBytes { get; set; } = 10 << 20;

    /// <summary>The most pixels of an upload, 1 to 200 million.</summary>
    public long MaximumPixels { get; set; } = 4_000_000;

    /// <summary>Seconds that an upload may take, 1 to 3600.</summary>
    public int UploadSeconds { get; set; } = 60;

    /// <summary>Seconds that a visitor may take to read an answer, 1 to 3600.</summary>
    public int AnswerSeconds { get; set; } = 60;

    /// <summary>
    /// A connection that sends or reads fewer bytes a second, after five seconds of grace, is closed; 1 to 1 GiB.
    /// </summary>
    public int MinimumBytesPerSecond { get; set; } = 10_240;
}
