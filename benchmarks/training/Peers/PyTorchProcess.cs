using System.Diagnostics;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Benchmarks.Training.Peers;

/// <summary>The peer in PyTorch: pytorch_steps.py, in Debian's Python unless another one is given.</summary>
internal static class PyTorchProcess
{
    public const string Name = "pytorch";
    public const string CompiledName = "compiled";

    private const string DebianPython = "/usr/bin/python3";
    private const string BlasFolder = "openblas-openmp";

    /// <param name="arguments">What it trains, with how many threads, in which precision, in which Python.</param>
    /// <param name="compiled">Whether the networks go through torch.compile.</param>
    public static PeerProcess Start(Arguments arguments, bool compiled)
    {
        var python = arguments.Python;
        var name = compiled ? "PyTorch, compiled" : "PyTorch";
        var start = new ProcessStartInfo(python ?? DebianPython);
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "pytorch_steps.py"));
        foreach (var argument in PeerFactory.Describe(arguments.Configuration, arguments.Threads))
        {
            start.ArgumentList.Add(argument);
        }
        start.ArgumentList.Add(arguments.Precision == TrainingPrecision.BFloat16 ? "bfloat16" : "float32");
        start.ArgumentList.Add(compiled ? "compiled" : "eager");

        if (python is not null)
        {
            return new(name, start);
        }

        PutBlasFirst(start);
        var peer = new PeerProcess(name, start);
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
