using System.CommandLine;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary>The options of every command that runs a model.</summary>
internal sealed class EngineArguments
{
    private readonly Option<TranslationDevice> _device = new("--device")
    {
        Description = "Where the model runs (default: auto, a GPU if there is one).",
        CustomParser = Words.ParserOf<TranslationDevice>(),
        HelpName = string.Join("|", Words.Of<TranslationDevice>()!),
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
    private readonly Option<string?> _schedule = ChoiceOrNull(
        "--schedule",
        "How CPU threads are used: latency (all for one image), throughput (an image on each).",
        "latency",
        "throughput"
    );
    private readonly Option<string> _convolution = Choice(
        "--convolution",
        "CPU: auto (fewer multiplications where faster, results within one level), direct (default: auto).",
        "auto",
        "direct"
    );
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
    private readonly Option<string> _search = Choice(
        "--convolution-search",
        "On a GPU: heuristic, exhaustive (slow for every new size), auto (exhaustive where all sizes are one).",
        "auto",
        "heuristic",
        "exhaustive"
    );
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
                Scheduling = parsed.GetValue(_schedule) switch
                {
                    "latency" => TranslationScheduling.Latency,
                    "throughput" => TranslationScheduling.Throughput,
                    _ => scheduling,
                },
                ConvolutionAlgorithm =
                    parsed.GetValue(_convolution) == "direct" ? ConvolutionAlgorithm.Direct : ConvolutionAlgorithm.Auto,
                BatchSize = parsed.GetValue(_batch),
                TilePixels = parsed.GetValue(_tilePixels),
                TileOverlap = parsed.GetValue(_tileOverlap),
                StatisticsPasses = parsed.GetValue(_passes),
                ConvolutionSearch = parsed.GetValue(_search) switch
                {
                    "heuristic" => ConvolutionSearch.Heuristic,
                    "exhaustive" => ConvolutionSearch.Exhaustive,
                    _ => ConvolutionSearch.Auto,
                },
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

    private static Option<string> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => values[0] };
        option.AcceptOnlyFromAmong(values);
        option.HelpName = string.Join("|", values);
        return option;
    }

    private static Option<string?> ChoiceOrNull(string name, string description, params string[] values)
    {
        var option = new Option<string?>(name) { Description = description };
        option.AcceptOnlyFromAmong(values);
        option.HelpName = string.Join("|", values);
        return option;
    }
}
