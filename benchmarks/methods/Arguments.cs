using System.Globalization;
using System.Numerics;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Benchmarks.Methods;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        methods [METHOD...] [--steps N] [--size N] [--filters N] [--images N] [--test-images N] [--seed N] ...
        methods --summarize [--seeds N,N...] [--output FOLDER]
          METHOD         cogan, simgan, feature-gan, bigan, cut, fastcut, cyclegan, pix2pix (all)
          --steps        updates of every generator, rounded to whole epochs of --images (400)
          --size         side of the images, a power of two from 32 to 256 (64)
          --filters      filters of the first layer of every network (16)
          --images       scenes to train on (200)
          --test-images  scenes to score (32)
          --segmenter-steps  updates of the network that segments photos (3 times --steps)
          --cogan-batch  images in a step of CoGAN (16)
          --rate         learning rate of all (0.001)
          --seed         seed of everything (1)
          --seeds        several of them, such as 1,2,3: one after the other, and a summary of all
          --summarize    trains nothing: a summary of the seeds whose scores are there
          --vgg          file with VGG16 weights for feature-gan; without it they are random
          --features     ONNX network for the Fréchet distance of photos; without it there is none
          --device       auto, cpu or cuda (auto)
          --threads      threads of torch and ONNX Runtime, 0 for one for each core (0)
          --output       folder of the results (benchmarks/methods/results, or results where there is no such place)
        """;

    private const int SmallestSide = 32;
    private const int LargestSide = 256;

    private static readonly string[] s_known =
    [
        "--steps",
        "--size",
        "--filters",
        "--images",
        "--test-images",
        "--segmenter-steps",
        "--cogan-batch",
        "--rate",
        "--seed",
        "--seeds",
        "--vgg",
        "--features",
        "--device",
        "--threads",
        "--output",
    ];

    private readonly CommandLine _line;

    /// <exception cref="FormatException">Something on the command line is unknown, missing or out of range.</exception>
    public Arguments(string[] arguments)
    {
        _line = new(arguments, s_known, "--summarize");
        string[] known = [.. Method.All.Select(method => method.Name)];
        if (_line.Names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new FormatException($"There is no method '{unknown}'; known are: {string.Join(", ", known)}.");
        }

        Methods = _line.Names.Count == 0 ? known : _line.Names;
        Steps = _line.Number("--steps", 400);
        Size = _line.Number("--size", 64);
        Filters = _line.Number("--filters", 16);
        Images = _line.Number("--images", 200);
        TestImages = _line.Number("--test-images", 32, 2);
        SegmenterSteps = _line.Number("--segmenter-steps", 3 * Steps);
        CoGanBatch = _line.Number("--cogan-batch", 16, 2);
        Summarize = _line.Has("--summarize");
        Seeds = SeedList();
        Seed = Seeds.FirstOrDefault();
        Threads = _line.Number("--threads", 0, 0);
        string rate = _line.Text("--rate", "0.001");
        LearningRate =
            double.TryParse(rate, CultureInfo.InvariantCulture, out double number)
            && number is > 0 and < double.PositiveInfinity
                ? number
                : throw new FormatException($"--rate: expected a number above 0, but got '{rate}'.");
        if (Size is < SmallestSide or > LargestSide || !BitOperations.IsPow2(Size))
        {
            throw new FormatException(
                $"--size: expected a power of two from {SmallestSide} to {LargestSide}, but got {Size}."
            );
        }

        Vgg = File("--vgg");
        Features = File("--features");
        Device = _line.Text("--device", "auto") switch
        {
            "auto" => TranslationDevice.Auto,
            "cpu" => TranslationDevice.Cpu,
            "cuda" => TranslationDevice.Cuda,
            var other => throw new FormatException($"--device: expected auto, cpu or cuda, but got '{other}'."),
        };
        string home = Path.Combine("benchmarks", "methods");
        Output = _line.Text("--output", Directory.Exists(home) ? Path.Combine(home, "results") : "results");
    }

    public IReadOnlyList<string> Methods { get; }

    public int Steps { get; }

    public int Size { get; }

    public int Filters { get; }

    public int Images { get; }

    public int TestImages { get; }

    public int SegmenterSteps { get; }

    public int CoGanBatch { get; }

    public double LearningRate { get; }

    /// <summary>Whether to put the scores of seeds together, and train nothing.</summary>
    public bool Summarize { get; }

    /// <summary>All seeds; none where a summary is to take those that are there.</summary>
    public IReadOnlyList<int> Seeds { get; }

    /// <summary>The seed of this run.</summary>
    public int Seed { get; init; }

    /// <summary>Threads; 0 for one for each core.</summary>
    public int Threads { get; }

    /// <summary>How models run.</summary>
    public TranslationEngineOptions Engine => new() { Threads = Threads == 0 ? null : Threads };

    public string? Vgg { get; }

    public string? Features { get; }

    public TranslationDevice Device { get; }

    public string Output { get; }

    private IReadOnlyList<int> SeedList()
    {
        if (_line.Text("--seeds") is not { } list)
        {
            return Summarize && _line.Text("--seed") is null ? [] : [_line.Number("--seed", 1, 0)];
        }

        if (_line.Text("--seed") is not null)
        {
            throw new FormatException("--seed and --seeds: expected one of the two, but got both.");
        }

        int[] seeds =
        [
            .. list.Split(',')
                .Select(text =>
                    int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seed) ? seed : -1
                ),
        ];
        return seeds.Min() >= 0 && seeds.Distinct().Count() == seeds.Length
            ? seeds
            : throw new FormatException($"--seeds: expected different whole numbers such as 1,2,3, but got '{list}'.");
    }

    private string? File(string name)
    {
        string? path = _line.Text(name);
        return path is null || System.IO.File.Exists(path)
            ? path
            : throw new FormatException($"{name}: there is no file '{path}'.");
    }
}
