using System.Globalization;
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

    private readonly Dictionary<string, string> _options = [];

    /// <exception cref="FormatException">Something on the command line is unknown or missing.</exception>
    public Arguments(string[] arguments)
    {
        var names = new List<string>();
        for (int i = 0; i < arguments.Length; i++)
        {
            if (!arguments[i].StartsWith('-'))
            {
                names.Add(arguments[i]);
                continue;
            }

            if (!s_known.Contains(arguments[i]))
            {
                throw new FormatException($"There is no option {arguments[i]}.");
            }

            if (i + 1 == arguments.Length)
            {
                throw new FormatException($"{arguments[i]} needs a value.");
            }

            _options[arguments[i]] = arguments[i + 1];
            i++;
        }

        var known = string.Join(", ", Configuration.All.Select(one => one.Name));
        if (names.Count != 1)
        {
            throw new FormatException($"Name one configuration: {known}.");
        }

        Configuration =
            Configuration.All.FirstOrDefault(one => one.Name == names[0])
            ?? throw new FormatException($"There is no configuration {names[0]}; there are {known}.");
        Rounds = Number("--rounds", 20);
        Steps = Number("--steps", Configuration.StepsPerBlock);
        Threads = Number("--threads", Environment.ProcessorCount);
        Peers = _options.GetValueOrDefault("--peers", "pytorch,torchsharp").Split(',');
        Precision = _options.GetValueOrDefault("--precision", "float32") switch
        {
            "float32" => TrainingPrecision.Float32,
            "bfloat16" => TrainingPrecision.BFloat16,
            var other => throw new FormatException($"--precision is {other}; expected float32 or bfloat16."),
        };
        Python = _options.GetValueOrDefault("--python");
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

    private int Number(string option, int otherwise)
    {
        if (!_options.TryGetValue(option, out var text))
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new FormatException($"{option} must be a number of 1 or more, but is {text}.");
    }
}
