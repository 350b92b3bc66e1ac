using System.Globalization;
using System.Numerics;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Benchmarks.Methods;

/// <summary>What the command line asks for.</summary>
internal sealed class Arguments
{
    public const string Usage = """
        methods [METHOD...] [--steps N] [--size N] [--filters N] [--images N] [--test-images N] [--seed N] ...
          METHOD         cogan, simgan, feature-gan, bigan, cut, fastcut, cyclegan, pix2pix (all)
          --steps        updates of every generator (300)
          --size         side of the images, a power of two from 32 to 256 (64)
          --filters      filters of the first layer of every network (16)
          --images       scenes to train on (200)
          --test-images  scenes to score (32)
          --segmenter-steps  updates of the network that segments photos (3 times --steps)
          --cogan-batch  images in a step of CoGAN (16)
          --rate         learning rate of all (0.001)
          --seed         seed of everything (1)
          --vgg          file with VGG16 weights; without it feature-gan is left out
          --features     ONNX network for the Fréchet distance of photos; without it there is none
          --device       auto, cpu or cuda (auto)
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
        "--vgg",
        "--features",
        "--device",
        "--output",
    ];

    private readonly CommandLine _line;

    /// <exception cref="FormatException">Something on the command line is unknown, missing or out of range.</exception>
    public Arguments(string[] arguments)
    {
        _line = new(arguments, s_known);
        string[] known = [.. Method.All.Select(method => method.Name)];
        if (_line.Names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new FormatException($"There is no method '{unknown}'; known are: {string.Join(", ", known)}.");
        }

        Methods = _line.Names.Count == 0 ? known : _line.Names;
        Steps = _line.Number("--steps", 300);
        Size = _line.Number("--size", 64);
        Filters = _line.Number("--filters", 16);
        Images = _line.Number("--images", 200);
        TestImages = _line.Number("--test-images", 32, 2);
        SegmenterSteps = _line.Number("--segmenter-steps", 3 * Steps);
        CoGanBatch = _line.Number("--cogan-batch", 16, 2);
        Seed = _line.Number("--seed", 1, 0);
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

    public int Seed { get; }

    public string? Vgg { get; }

    public string? Features { get; }

    public TranslationDevice Device { get; }

    public string Output { get; }

    private string? File(string name)
    {
        string? path = _line.Text(name);
        return path is null || System.IO.File.Exists(path)
            ? path
            : throw new FormatException($"{name}: there is no file '{path}'.");
    }
}
