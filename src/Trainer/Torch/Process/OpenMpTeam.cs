using System.Runtime.InteropServices;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Runs our own parts of a step on the threads of libtorch's operators. They wait for each other in a loop for a while
/// before they sleep: threads of .NET beside them would wait for their processors.
/// </summary>
internal sealed unsafe class OpenMpTeam : Workers
{
    private static readonly Lazy<nint> s_parallel = new(Find);

    private OpenMpTeam(int count) => Count = count;

    /// <summary>As many threads as libtorch's operators have.</summary>
    public static OpenMpTeam OfTorch => new(torch.get_num_threads());

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override void* Allocate(nuint bytes) => NativeMemory.AlignedAlloc(bytes, CacheLines.Size);

    /// <inheritdoc/>
    public override void Free(void* memory) => NativeMemory.AlignedFree(memory);

    /// <inheritdoc/>
    public override void Run(int threads, Action part)
    {
        if (s_parallel.Value == 0)
        {
            Parallel.For(0, threads, new() { MaxDegreeOfParallelism = threads }, _ => part());
            return;
        }
        // GOMP_parallel (function, data, threads, flags), libgomp/parallel.c
        var parallel = (delegate* unmanaged<delegate* unmanaged<nint, void>, nint, uint, uint, void>)s_parallel.Value;
        NativePart.Run(part, data => parallel(&RunPart, data, (uint)threads, 0));
    }

    [UnmanagedCallersOnly]
    private static void RunPart(nint data) => NativePart.Invoke(data);

    // The GNU OpenMP that lies beside libtorch: the process may have another one.
    private static nint Find()
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        string? folder = Path.GetDirectoryName(LoadedLibraries.Named("libtorch_cpu.so").FirstOrDefault());
        string? library = LoadedLibraries
            .Named("libgomp")
            .FirstOrDefault(file => Path.GetDirectoryName(file) == folder);
        return
            library is not null
            && NativeLibrary.TryLoad(library, out nint handle)
            && NativeLibrary.TryGetExport(handle, "GOMP_parallel", out nint parallel)
            ? parallel
            : 0;
    }
}
