using System.Globalization;
using TorchSharp;

namespace MlNetImageTranslation.Cli.Doctor;

/// <summary>libtorch, the BLAS and threads it computes with, and its CUDA.</summary>
internal static class LibtorchProbe
{
    /// <summary>Loads the native library, multiplies two matrices so that the BLAS is loaded too, and asks.</summary>
    public static IEnumerable<Finding> Look()
    {
        try
        {
            using var scope = torch.NewDisposeScope();
            torch.ones(64, 64).matmul(torch.ones(64, 64)).sum().item<float>();
        }
        catch (Exception exception) when (exception is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or NotSupportedException)
        {
            var cause = exception.InnerException ?? exception;
            return [new("libtorch", $"does not load: {cause.Message}", Severity.Broken, "Without it nothing can be trained (translation works): run ./setup.sh and build again.")];
        }
        return
        [
            new("libtorch", torch.__version__),
            new("  from", LoadedLibraries.Named("libtorch_cpu").FirstOrDefault() ?? "unknown"),
            Threads(torch.get_num_threads()),
            BlasProbe.Look(),
            Cuda(),
            new("  cuDNN", Cudnn()),
        ];
    }

    private static Finding Threads(int count) => count == 1 && Environment.ProcessorCount > 1
        ? new("  threads", "1", Severity.Warning, $"Training uses one of {Environment.ProcessorCount} processors: unset OMP_NUM_THREADS.")
        : new("  threads", count.ToString(CultureInfo.InvariantCulture));

    private static Finding Cuda()
    {
        var driver = File.Exists("/proc/driver/nvidia/version") ? File.ReadLines("/proc/driver/nvidia/version").First().Split("  ", StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1) : null;
        if (torch.cuda.is_available()) return new("CUDA", $"{torch.cuda.device_count()} device(s), driver {driver ?? "unknown"}");
        return driver is null
            ? new("CUDA", "no NVIDIA driver: training and translation run on the CPU")
            : new("CUDA", $"driver {driver}, but libtorch cannot use it", Severity.Warning,
                MachineProbe.Packages == "compat" ? "Set LIBTORCH to a libtorch with CUDA (the folder of a Python torch will do) and build again." : "Build with -p:Accelerator=cuda.");
    }

    private static string Cudnn() => !torch.cuda.is_cudnn_available() ? "none"
        : LoadedLibraries.Named("libcudnn").FirstOrDefault() ?? "available";
}
