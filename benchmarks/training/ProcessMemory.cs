using System.Diagnostics;

namespace MlNetImageTranslation.Benchmarks.Training;

/// <summary>The memory of this process.</summary>
internal static class ProcessMemory
{
    /// <summary>The most that was ever resident, in MiB.</summary>
    public static long PeakMegabytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64 >> 20;
        }
    }
}
