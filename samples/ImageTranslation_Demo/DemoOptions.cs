using System.Globalization;
using MlNetImageTranslation.Datasets;

namespace ImageTranslation_Demo;

/// <summary>What the demo was asked to do: <c>demo.sh [DIR] [--direction AtoB|BtoA] …</c></summary>
internal sealed record DemoOptions
{
    public const string Usage = """
        Usage: ./demo.sh [DIR] [--direction AtoB|BtoA] [--output DIR] [--size N] [--steps N] [--generator NAME] [--ngf N]

          DIR          Side-by-side pairs (or folders train and val of them). Default: a synthetic dataset is made.
          --direction  AtoB: the left image is the source (default). BtoA: the right one.
          --output     Where everything is written. Default: demo-output.
          --size       Side of the images in pixels. Default: 128.
          --steps      Training steps of one pair. More give better images. Default: 1300, some 2 to 4 minutes on two cores.
          --generator  Network: unet-128, unet-256, resnet-6, … Default: resnet-6.
          --ngf        Filters of its first convolution. Default: 24.
        """;

    /// <summary>A folder with side-by-side pairs, or null for synthetic ones.</summary>
    public string? DataFolder { get; init; }

    public bool IsReversed { get; init; }

    public string OutputFolder { get; init; } = "demo-output";

    public int Size { get; init; } = 128;

    public int Steps { get; init; } = 1300;

    public string Generator { get; init; } = "resnet-6";

    public int Filters { get; init; } = 24;

    /// <exception cref="ArgumentException">An option is unknown or its value is not what it takes.</exception>
    public static DemoOptions Parse(string[] arguments)
    {
        var options = new DemoOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i];
            string Value() =>
                ++i < arguments.Length ? arguments[i] : throw new ArgumentException($"{name} needs a value.");
            int Number() =>
                int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                    ? number
                    : throw new ArgumentException($"{name} is '{arguments[i]}'; expected a whole number above 0.");
            options = name switch
            {
                "--direction" => options with
                {
                    IsReversed = Value() switch
                    {
                        "AtoB" => false,
                        "BtoA" => true,
                        var other => throw new ArgumentException($"--direction is '{other}'; expected AtoB or BtoA."),
                    },
                },
                "--output" => options with { OutputFolder = Value() },
                "--size" => options with { Size = Number() },
                "--steps" => options with { Steps = Number() },
                "--generator" => options with { Generator = Value() },
                "--ngf" => options with { Filters = Number() },
                _ when name.StartsWith('-') => throw new ArgumentException($"Unknown option '{name}'."),
                _ when options.DataFolder is not null => throw new ArgumentException(
                    $"One data folder is enough; got '{options.DataFolder}' and '{name}'."
                ),
                _ => options with
                {
                    DataFolder = Directory.Exists(name)
                        ? name
                        : throw new ArgumentException($"There is no folder '{name}'."),
                },
            };
        }
        return options;
    }
}
