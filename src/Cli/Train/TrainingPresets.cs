using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli.Train;

/// <summary>Named sets of options.</summary>
internal static class TrainingPresets
{
    /// <summary>For pix2pix.</summary>
    public static IReadOnlyDictionary<string, Action<Pix2PixTrainer.Options>> Pix2Pix { get; } = new Dictionary<string, Action<Pix2PixTrainer.Options>>
    {
        ["pix2pix"] = Pix2PixPresets.Paper,
        ["facades"] = Pix2PixPresets.Facades,
        ["maps"] = Pix2PixPresets.Maps,
        ["keras-pix2pix"] = Pix2PixPresets.Keras,
    };
}
