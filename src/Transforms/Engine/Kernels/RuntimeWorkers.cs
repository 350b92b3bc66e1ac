using System.Runtime.ExceptionServices;
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

    public override void Run(int threads, Action part)
    {
        var work = new Work(part);
        var handle = GCHandle.Alloc(work);
        try
        {
            RuntimeApi.Parallel(context, threads, &RunPart, GCHandle.ToIntPtr(handle));
        }
        finally
        {
            handle.Free();
        }
        work.Failure?.Throw();
    }

    [UnmanagedCallersOnly]
    private static void RunPart(nint data, nuint number)
    {
        var work = (Work)GCHandle.FromIntPtr(data).Target!;
        try
        {
            work.Part();
        }
        // Native code cannot pass it on.
        catch (Exception exception)
        {
            work.Failure ??= ExceptionDispatchInfo.Capture(exception);
        }
    }

    private sealed class Work(Action part)
    {
        public Action Part { get; } = part;

        public ExceptionDispatchInfo? Failure { get; set; }
    }
}
