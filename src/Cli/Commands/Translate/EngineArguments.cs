using System.CommandLine;
using MlNetImageTranslation.Transforms;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Cli;

/// <summary>The options of every command that runs a model.</summary>
internal sealed class EngineArguments
{
    private readonly Option<string> _device = Choice(
        "--device",
        "Where the model runs (default: auto, a GPU where there is one).",
        "auto",
        "cpu",
        "cuda"
    );
    private readonly Option<int?> _gpu = new("--gpu-id") { Description = "The GPU's number; asks for CUDA." };
    private readonly Option<bool> _fallback = new("--cpu-fallback")
    {
        Description = "Use the CPU where the GPU asked for is not there.",
    };
    private readonly Option<string> _mode = Choice(
        "--mode",
        "Sizes: keep (pad and crop back, the default), resize (to the training size), resize-back (and back), exact.",
        "keep",
        "resize",
        "resize-back",
        "exact"
    );
    private readonly Option<string?> _size = new("--size")
    {
        Description = "Size for the resizing modes, 256 or WIDTHxHEIGHT (default: the model's).",
    };
    private readonly Option<int?> _threads = new("--threads")
    {
        Description = "CPU threads (default: one for each core).",
    };
    private readonly Option<string?> _schedule = ChoiceOrNull(
        "--schedule",
        "How threads are spent: latency (one image on all), throughput (an image on each), measure.",
        "latency",
        "throughput",
        "measure"
    );
    private readonly Option<string> _convolution = Choice(
        "--convolution",
        "CPU: auto (fewer multiplications where faster, results within one level), direct (default: auto).",
        "auto",
        "direct"
    );
    private readonly Option<int?> _batch = new("--batch-size", "--batch")
    {
        Description = "Images of one size in one run (default: 1 on the CPU, 8 on a GPU).",
    };
    private readonly Option<long?> _tilePixels = new("--tile-pixels")
    {
        Description = "Images with more pixels are cut into overlapping tiles; 0 never cuts (default: by free memory).",
    };
    private readonly Option<int?> _tileOverlap = new("--tile-overlap")
    {
        Description = "Pixels that tiles share (default: by the model's receptive field).",
    };
    private readonly Option<int> _passes = new("--statistics-passes")
    {
        Description = "Tiles of models with instance norm: passes that first measure the whole image (default: 0).",
    };
    private readonly ForeignModelOptions _foreign = new();

    /// <summary>All of them, in the order in which help lists them.</summary>
    public Option[] All =>
        [
            _device,
            _gpu,
            _fallback,
            _mode,
            _size,
            _threads,
            _schedule,
            _convolution,
            _batch,
            _tilePixels,
            _tileOverlap,
            _passes,
            .. _foreign.All,
        ];

    /// <summary>What was asked for.</summary>
    public TranslationEngineOptions Read(ParseResult parsed, TranslationScheduling scheduling) =>
        _foreign.Over(
            new()
            {
                Device = parsed.GetValue(_device) switch
                {
                    "cpu" => TranslationDevice.Cpu,
                    "cuda" => TranslationDevice.Cuda,
                    _ => TranslationDevice.Auto,
                },
                GpuDeviceId = parsed.GetValue(_gpu),
                AllowCpuFallback = parsed.GetValue(_fallback),
                Mode = parsed.GetValue(_mode) switch
                {
                    "resize" => TranslationMode.ResizeToTraining,
                    "resize-back" => TranslationMode.ResizeToTrainingAndBack,
                    "exact" => TranslationMode.Exact,
                    _ => TranslationMode.KeepSize,
                },
                Size = parsed.GetValue(_size) is { } size ? ImageSize.Parse(size) : null,
                Threads = parsed.GetValue(_threads),
                Scheduling = parsed.GetValue(_schedule) switch
                {
                    "latency" => TranslationScheduling.Latency,
                    "throughput" => TranslationScheduling.Throughput,
                    "measure" => TranslationScheduling.Measure,
                    _ => scheduling,
                },
                ConvolutionAlgorithm =
                    parsed.GetValue(_convolution) == "direct" ? ConvolutionAlgorithm.Direct : ConvolutionAlgorithm.Auto,
                BatchSize = parsed.GetValue(_batch),
                TilePixels = parsed.GetValue(_tilePixels),
                TileOverlap = parsed.GetValue(_tileOverlap),
                StatisticsPasses = parsed.GetValue(_passes),
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
            throw new UserError(message.Contains(file, StringComparison.Ordinal) ? message : $"{file}: {message}");
        }
    }

    private static Option<string> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => values[0] };
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    private static Option<string?> ChoiceOrNull(string name, string description, params string[] values)
    {
        var option = new Option<string?>(name) { Description = description };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
