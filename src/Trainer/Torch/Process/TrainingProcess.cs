namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Settings of the process that make training on a CPU faster. The library changes nothing of its host by itself:
/// programs whose job is training call <see cref="Tune"/>.
/// </summary>
public static class TrainingProcess
{
    /// <summary>
    /// Tunes the C library of a Linux process for training. Call it first of all in the program, before anything
    /// touches torch; later it does half of its work. Freed memory is kept for the next step instead of being given
    /// back to the system (mallopt), so that the process stays near its peak of memory until it ends. Threads of GNU
    /// OpenMP wait for each other in a loop for some tenths of a millisecond instead of several (GOMP_SPINCOUNT in the
    /// environment that C libraries see), and in runs beside busy processes not at all. On other systems, and where the
    /// environment has set these things itself, nothing changes. Results do not depend on it.
    /// </summary>
    public static void Tune()
    {
        ThreadWaiting.Shorten();
        FreedMemory.Keep();
    }

    /// <summary>Starts torch, or says why it does not start. Trainers do it by themselves.</summary>
    /// <exception cref="DllNotFoundException">The native libraries are missing or do not load on this system; the
    /// message says what to do.</exception>
    public static void LoadTorch() => TorchLibrary.EnsureLoaded();

    /// <summary>
    /// Whether torch was loaded from a copy in memory, because this system's libstdc++ is older than TorchSharp's
    /// library asks for.
    /// </summary>
    public static bool IsTorchLoadedFromMemory => TorchLibrary.LoadedFromMemory;
}
