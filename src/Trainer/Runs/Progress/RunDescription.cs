using System.Globalization;
using MlNetImageTranslation.Weights;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>What is trained, on what, and where: told when a run begins.</summary>
internal sealed record RunDescription
{
    /// <summary>The recipe that the options follow, such as <c>fastcut</c>, or else the trainer.</summary>
    public required string Recipe { get; init; }

    /// <summary>Where it computes, for people: "CPU, 8 threads" or "GPU 0".</summary>
    public required string Device { get; init; }

    /// <summary>The generator's architecture.</summary>
    public required string Generator { get; init; }

    /// <summary>The generator's parameters, running statistics not counted.</summary>
    public required long Parameters { get; init; }

    /// <summary>The size of the images that are trained on, where it is one size.</summary>
    public ImageSize? TrainingSize { get; init; }

    /// <summary>Training images or pairs in an epoch.</summary>
    public required int TrainingImages { get; init; }

    /// <summary>Validation images or pairs.</summary>
    public required int ValidationImages { get; init; }

    /// <summary>Describes a run.</summary>
    public static RunDescription Of(TrainingSession session, TrainingOptions options, int training, int validation)
    {
        var graph = session.GeneratorGraph;
        return new()
        {
            Recipe = RecipeNames.Of(options),
            Device =
                session.Device.type == DeviceType.CPU
                    ? string.Create(CultureInfo.InvariantCulture, $"CPU, {Threads(torch.get_num_threads())}")
                    : string.Create(CultureInfo.InvariantCulture, $"GPU {Math.Max(0, session.Device.index)}"),
            Generator = graph.Name,
            Parameters = graph.Parameters.Where(parameter => !parameter.IsStatistic).Sum(parameter => parameter.Count),
            TrainingSize = options.TrainingSize,
            TrainingImages = training,
            ValidationImages = validation,
        };
    }

    /// <summary>One line of text.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Recipe} on {Device}: {Generator} with {Parameters:n0} parameters, {TrainingImages} training "
        )
        + string.Create(CultureInfo.InvariantCulture, $"and {ValidationImages} validation samples")
        + (TrainingSize is { } size ? $" of {size}" : "");

    private static string Threads(int count) => $"{count} thread{(count == 1 ? "" : "s")}";
}
