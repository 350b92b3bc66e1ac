using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Benchmarks.Training;

/// <summary>What the command line asks for.</summary>
internal sealed class Arguments
{
    public const string Usage = """
        training CONFIGURATION [--rounds N] [--steps N] [--threads N] [--precision NAME] [--peers LIST] [--python FILE]
          --rounds   measured rounds; one more comes first and warms up (20)
          --steps    steps of each side in a round (the configuration's own)
          --threads  threads of each side (all processors)
          --precision  float32 or bfloat16, for us and for PyTorch (float32)
          --peers    pytorch, compiled (PyTorch with torch.compile), torchsharp, separated by commas (pytorch,torchsharp)
          --python   a Python with PyTorch (Debian's /usr/bin/python3)
        """;

    private static readonly string[] s_known =
    [
        "--rounds",
        "--steps",
        "--threads",
        "--peers",
        "--python",
        "--precision",
    ];

    /// <exception cref="FormatException">Something on the command line is unknown or missing.</exception>
    public Arguments(string[] arguments)
    {
        var line = new CommandLine(arguments, s_known);
        var names = line.Names;
        var known = string.Join(", ", Configuration.All.Select(one => one.Name));
        if (names.Count != 1)
        {
            throw new FormatException($"Name one configuration: {known}.");
        }

        Configuration =
            Configuration.All.FirstOrDefault(one => one.Name == names[0])
            ?? throw new FormatException($"There is no configuration {names[0]}; there are {known}.");
        Rounds = line.Number("--rounds", 20);
        Steps = line.Number("--steps", Configuration.StepsPerBlock);
        Threads = line.Number("--threads", Environment.ProcessorCount);
        Peers = line.Text("--peers", "pytorch,torchsharp").Split(',');
        Precision = line.Text("--precision", "float32") switch
        {
            "float32" => TrainingPrecision.Float32,
            "bfloat16" => TrainingPrecision.BFloat16,
            var other => throw new FormatException($"--precision is {other}; expected float32 or bfloat16."),
        };
        Python = line.Text("--python");
    }

    public Configuration Configuration { get; }

    public int Rounds { get; }

    public int Steps { get; }

    public int Threads { get; }

    public string[] Peers { get; }

    /// <summary>What convolutions are computed in, here and in PyTorch.</summary>
    public TrainingPrecision Precision { get; }

    /// <summary>The Python of one's own; null for Debian's.</summary>
    public string? Python { get; }
}
