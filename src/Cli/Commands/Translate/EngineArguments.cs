using System.CommandLine;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary>The options of every command that runs a model.</summary>
internal sealed class EngineArguments
{
    private readonly WordOption<TranslationDevice> _device = new("--device")
    {
        Description = "Where the model runs (default: auto, a GPU if there is one).",
    };
    private readonly Option<int?> _gpu = new("--gpu-id", "--gpu")
    {
        Description = "Number of the GPU to use. Implies --device cuda.",
    };
    private readonly Option<bool> _fallback = new("--cpu-fallback")
    {
        Description = "Use the CPU if the GPU cannot be used.",
    };
    private readonly Option<int?> _threads = new("--threads")
    {
        Description = "CPU threads (default: one per processor).",
    };
    private readonly WordOption<TranslationScheduling?> _schedule = new("--schedule")
    {
        Description = "How CPU threads are used: latency (all for one image), throughput (an image on each).",
    };
    private readonly WordOption<ConvolutionAlgorithm?> _convolution = new("--convolution")
    {
        Description =
            "CPU: auto (fewer multiplications where faster, results within one level), direct (default: auto).",
    };
    private readonly Option<int?> _batch = new("--batch-size", "--batch")
    {
        Description = "Images of the same size to run together (default: 1 on a CPU, 8 on a GPU).",
    };
    private readonly Option<long?> _tilePixels = new("--tile-pixels")
    {
        Description = "Cut images with more pixels into overlapping tiles, 0 for never (default: by the memory).",
    };
    private readonly Option<int?> _tileOverlap = new("--tile-overlap")
    {
        Description = "Pixels by which tiles overlap (default: by the model's receptive field).",
    };
    private readonly Option<int> _passes = new("--statistics-passes")
    {
        Description =
            "Passes over all tiles that measure the whole image first, for models with instance norm (default: 0).",
    };
    private readonly WordOption<ConvolutionSearch?> _search = new("--convolution-search")
    {
        Description =
            "On a GPU: heuristic, exhaustive (slow for every new size), auto (exhaustive where all sizes are one; the "
            + "default).",
    };
    private readonly ForeignModelOptions _foreign = new();

    /// <summary>All of them, in the order in which help lists them.</summary>
    public Option[] All =>
        [
            _device,
            _gpu,
            _fallback,
            _threads,
            _schedule,
            _convolution,
            _batch,
            _tilePixels,
            _tileOverlap,
            _passes,
            _search,
            .. _foreign.All,
        ];

    /// <summary>What was asked for.</summary>
    public TranslationEngineOptions Read(ParseResult parsed, TranslationScheduling scheduling) =>
        _foreign.Over(
            new()
            {
                Device = parsed.GetValue(_device),
                GpuDeviceId = parsed.GetValue(_gpu),
                FallbackToCpu = parsed.GetValue(_fallback),
                Threads = parsed.GetValue(_threads),
                Scheduling = parsed.GetValue(_schedule) ?? scheduling,
                ConvolutionAlgorithm = parsed.GetValue(_convolution) ?? ConvolutionAlgorithm.Auto,
                BatchSize = parsed.GetValue(_batch),
                TilePixels = parsed.GetValue(_tilePixels),
                TileOverlap = parsed.GetValue(_tileOverlap),
                StatisticsPasses = parsed.GetValue(_passes),
                ConvolutionSearch = parsed.GetValue(_search) ?? ConvolutionSearch.Auto,
            },
            parsed
        );

    /// <summary>Loads a model; what is wrong with it is the caller's to know.</summary>
    public static TranslationEngine Load(string model, TranslationEngineOptions options)
    {
        string file = ModelFinder.Find(model);
        try
        {
            return new(file, options);
        }
        catch (Exception exception)
            when (exception is InvalidOperationException || UserErrors.MessageOf(exception) is not null)
        {
            string message = UserErrors.MessageOf(exception) ?? exception.Message;
            string named = message.Contains(file, StringComparison.Ordinal) ? message : $"{file}: {message}";
            throw new UserError(named, exception);
        }
    }
}
