using System.Globalization;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Trainer;
using TorchSharp;

namespace MlNetImageTranslation.Cli;

/// <summary>libtorch: how it was loaded, its threads, its CUDA.</summary>
internal static class LibtorchProbe
{
    /// <summary>Loads the native library and asks it.</summary>
    public static IEnumerable<Finding> Look()
    {
        try
        {
            TrainingProcess.LoadTorch();
        }
        catch (DllNotFoundException exception)
        {
            return
            [
                new(
                    "libtorch",
                    "does not load",
                    Severity.Broken,
                    $"Nothing can be trained (translation works). {exception.Message}"
                ),
            ];
        }
        return
        [
            new("libtorch", torch.__version__),
            new("  from", LoadedLibraries.Named("libtorch_cpu").FirstOrDefault() ?? "unknown"),
            new(
                "  loaded",
                TrainingProcess.IsTorchLoadedFromMemory
                    ? "from a copy in memory: this system's libstdc++ is older than TorchSharp's (GLIBCXX_3.4.32)"
                    : "by the system"
            ),
            Threads(torch.get_num_threads()),
            Cuda(),
            new("  cuDNN", Cudnn()),
        ];
    }

    private static Finding Threads(int count) =>
        count == 1 && Environment.ProcessorCount > 1
            ? new(
                "  threads",
                "1",
                Severity.Warning,
                $"Training uses one of {Environment.ProcessorCount} processors: unset OMP_NUM_THREADS."
            )
            : new("  threads", count.ToString(CultureInfo.InvariantCulture));

    private static Finding Cuda()
    {
        if (torch.cuda.is_available())
        {
            return new("CUDA", $"{torch.cuda.device_count()} device(s), driver {Driver() ?? "unknown"}");
        }

        return Driver() is { } driver
            ? new(
                "CUDA",
                $"driver {driver}, but libtorch cannot use it",
                Severity.Warning,
                "Build with -p:Accelerator=cuda."
            )
            : new("CUDA", "no NVIDIA driver: training and translation run on the CPU");
    }

    private static string? Driver()
    {
        const string File = "/proc/driver/nvidia/version";
        return System.IO.File.Exists(File)
            ? System
                .IO.File.ReadLines(File)
                .First()
                .Split("  ", StringSplitOptions.RemoveEmptyEntries)
                .ElementAtOrDefault(1)
            : null;
    }

    private static string Cudnn() =>
        !torch.cuda.is_cudnn_available() ? "none" : LoadedLibraries.Named("libcudnn").FirstOrDefault() ?? "available";
}
