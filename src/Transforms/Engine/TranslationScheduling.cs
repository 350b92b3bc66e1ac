namespace MlNetImageTranslation.Transforms;

/// <summary>How the CPU's threads are spent.</summary>
public enum TranslationScheduling
{
    /// <summary>
    /// <see cref="Latency"/> for single images and <see cref="Throughput"/> for lists, folders and data views, each
    /// with a session of its own (a process that does both holds the weights twice).
    /// </summary>
    Auto,

    /// <summary>One run at a time, on all threads: the shortest wait for one image.</summary>
    Latency,

    /// <summary>
    /// As many runs at a time as there are threads, on one thread each, sharing the weights: the most images an hour.
    /// </summary>
    Throughput,
}
