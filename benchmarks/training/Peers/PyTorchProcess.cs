using System.Diagnostics;

namespace MlNetImageTranslation.Benchmarks.Training.Peers;

/// <summary>The peer in PyTorch: pytorch_steps.py, in Debian's Python unless another one is given.</summary>
internal static class PyTorchProcess
{
    public const string Name = "pytorch";

    private const string DebianPython = "/usr/bin/python3";
    private const string BlasFolder = "openblas-openmp";

    /// <param name="configuration">What it trains.</param>
    /// <param name="threads">With how many threads.</param>
    /// <param name="python">A Python that brings the BLAS it wants; null for Debian's.</param>
    public static PeerProcess Start(Configuration configuration, int threads, string? python)
    {
        var start = new ProcessStartInfo(python ?? DebianPython);
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "pytorch_steps.py"));
        foreach (var argument in PeerFactory.Describe(configuration, threads))
        {
            start.ArgumentList.Add(argument);
        }

        if (python is not null)
        {
            return new("PyTorch", start);
        }

        PutBlasFirst(start);
        var peer = new PeerProcess("PyTorch", start);
        if (peer.Description.Contains(BlasFolder, StringComparison.Ordinal))
        {
            return peer;
        }

        peer.Dispose();
        throw new InvalidOperationException($"PyTorch did not load the BLAS of {BlasFolder}: {peer.Description}.");
    }

    // Debian's PyTorch takes the BLAS that the machine's alternatives name. OpenBLAS with threads of its own fights
    // OpenMP's for the processors and would make the peer slower than it has to be.
    private static void PutBlasFirst(ProcessStartInfo start)
    {
        var folder =
            Directory
                .EnumerateDirectories("/usr/lib", "*-linux-gnu")
                .Select(libraries => Path.Combine(libraries, BlasFolder))
                .FirstOrDefault(Directory.Exists)
            ?? throw new InvalidOperationException(
                "Debian's PyTorch needs OpenBLAS for OpenMP: install libopenblas0-openmp."
            );
        const string Variable = "LD_LIBRARY_PATH";
        start.Environment.TryGetValue(Variable, out var others);
        start.Environment[Variable] = string.IsNullOrEmpty(others) ? folder : $"{folder}:{others}";
    }
}
