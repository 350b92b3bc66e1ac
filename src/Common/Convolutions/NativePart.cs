using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace MlNetImageTranslation;

/// <summary>A part of the work of <see cref="Workers"/> on its way through native code to its threads.</summary>
internal sealed class NativePart
{
    private readonly Action _part;
    private ExceptionDispatchInfo? _failure;

    private NativePart(Action part) => _part = part;

    /// <summary>Has native code run a part, and throws what the part threw.</summary>
    /// <param name="part">The part.</param>
    /// <param name="start">Gives native code what <see cref="Invoke"/> takes in each thread.</param>
    public static void Run(Action part, Action<nint> start)
    {
        var work = new NativePart(part);
        var handle = GCHandle.Alloc(work);
        try
        {
            start(GCHandle.ToIntPtr(handle));
        }
        finally
        {
            handle.Free();
        }
        work._failure?.Throw();
    }

    /// <summary>Runs the part in one thread.</summary>
    public static void Invoke(nint data)
    {
        var work = (NativePart)GCHandle.FromIntPtr(data).Target!;
        try
        {
            work._part();
        }
        // Native code cannot pass it on.
        catch (Exception exception)
        {
            work._failure ??= ExceptionDispatchInfo.Capture(exception);
        }
    }
}
