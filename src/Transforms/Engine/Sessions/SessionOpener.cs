using MlNetImageTranslation.Export;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

/// <summary>Opens a model on the device that was asked for.</summary>
internal sealed class SessionOpener(IModelRuntime runtime, EngineModel model, TranslationEngineOptions options)
{
    /// <summary>CPU threads in all.</summary>
    public int Threads => options.Threads ?? Environment.ProcessorCount;

    /// <summary>Bytes of free memory on the GPU; null where nobody says.</summary>
    public long? FreeMemory => runtime.FreeMemory(Choice.Gpu);

    /// <summary>
    /// Memory that a run takes beyond the usual, in bytes for each pixel, since a session rewrote convolutions.
    /// </summary>
    public long AddedBytesPerPixel { get; private set; }

    private DeviceChoice Choice => new(options.Device, options.GpuDeviceId, options.FallbackToCpu ?? false);

    /// <summary>Opens the model, or a rewritten form of it.</summary>
    /// <param name="threads">CPU threads of a run.</param>
    /// <param name="content">The rewritten form; null means the model's own.</param>
    /// <exception cref="InvalidOperationException">The model is refused, or CUDA was asked for, is not there, and the
    /// CPU is not allowed.</exception>
    public IModelSession Open(int threads, byte[]? content = null) => Open(threads, content, isPrecise: false);

    /// <summary>Opens a form of the model that is run with the full precision of float32.</summary>
    /// <inheritdoc cref="Open(int, byte[])"/>
    public IModelSession OpenPrecise(int threads, byte[] content) => Open(threads, content, isPrecise: true);

    private IModelSession Open(int threads, byte[]? content, bool isPrecise)
    {
        var settings = new SessionSettings(
            null,
            Math.Max(1, threads),
            model.FixedSize is not null,
            SearchOf(model, options),
            content,
            isPrecise
        );
        // Winograd's convolutions lose some bits, which do not show in 8.
        bool rewrites = options.ConvolutionAlgorithm == ConvolutionAlgorithm.Auto && !isPrecise;
        return Choice.Open(
            runtime,
            gpu =>
                gpu is null && rewrites
                    ? OpenCpuForm(settings)
                    : runtime.Open(model, gpu is null ? settings : CudaForm.Of(model, settings with { Gpu = gpu }))
        );
    }

    /// <summary>Opens the model with as many runs at a time as were asked for.</summary>
    /// <inheritdoc cref="Open(int, byte[])"/>
    public SlotPool OpenFirst() =>
        OpenPool(options.ParallelRuns ?? (options.Scheduling == TranslationScheduling.Throughput ? Threads : 1));

    /// <summary>Opens the model with a number of runs at a time, which share the threads.</summary>
    /// <inheritdoc cref="Open(int, byte[])"/>
    public SlotPool OpenPool(int runs)
    {
        var session = Open(Threads / runs);
        // A run on each thread is a way to spend a CPU; a GPU gets one at a time, unless another number was asked for.
        bool several = session.Provider == ExecutionProviders.Cpu || options.ParallelRuns is not null;
        return new(session, model, several ? runs : 1);
    }

    private IModelSession OpenCpuForm(SessionSettings settings)
    {
        var (session, added) = CpuForm.Open(
            model,
            settings.Content,
            settings.Threads,
            content => runtime.Open(model, settings with { Content = content })
        );
        AddedBytesPerPixel = Math.Max(AddedBytesPerPixel, added);
        return session;
    }

    private static ConvolutionSearch SearchOf(EngineModel model, TranslationEngineOptions options) =>
        options.ConvolutionSearch != ConvolutionSearch.Auto ? options.ConvolutionSearch
        : model.FixedSize is not null || options.Resizes ? ConvolutionSearch.Exhaustive
        : ConvolutionSearch.Heuristic;
}
