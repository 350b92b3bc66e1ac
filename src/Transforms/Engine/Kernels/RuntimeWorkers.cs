using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Transforms;

/// <summary>The threads and the memory of ONNX Runtime, in one run of a kernel.</summary>
/// <param name="context">The run.</param>
/// <param name="allocator">What allocates memory.</param>
/// <param name="count">How many threads there are.</param>
internal sealed unsafe class RuntimeWorkers(nint context, nint allocator, int count) : Workers
{
    public override int Count => count;

    public override void* Allocate(nuint bytes) => RuntimeApi.Allocate(allocator, bytes);

    public override void Free(void* memory) => RuntimeApi.Free(allocator, memory);

    public override void Run(int threads, Action part) =>
        NativePart.Run(part, data => RuntimeApi.Parallel(context, threads, &RunPart, data));

    [UnmanagedCallersOnly]
    private static void RunPart(nint data, nuint number) => NativePart.Invoke(data);
}
