using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli;

/// <summary>Named sets of options.</summary>
internal static class TrainingPresets
{
    /// <summary>For pix2pix.</summary>
    public static IReadOnlyDictionary<string, Action<Pix2PixTrainer.Options>> Pix2Pix { get; } =
        new Dictionary<string, Action<Pix2PixTrainer.Options>>
        {
            ["pix2pix"] = _ => { },
            ["facades"] = Pix2PixPresets.Facades,
            ["maps"] = _ => { },
            ["keras-pix2pix"] = Pix2PixPresets.Keras,
        };

    /// <summary>For CycleGAN.</summary>
    public static IReadOnlyDictionary<string, Action<CycleGanTrainer.Options>> CycleGan { get; } =
        new Dictionary<string, Action<CycleGanTrainer.Options>>
        {
            ["cyclegan"] = _ => { },
            ["horse2zebra"] = _ => { },
            ["keras-cyclegan"] = CycleGanPresets.Keras,
        };

    /// <summary>For regression: none but the defaults.</summary>
    public static IReadOnlyDictionary<string, Action<RegressionTrainer.Options>> Regression { get; } =
        new Dictionary<string, Action<RegressionTrainer.Options>>
        {
            ["plain-unet"] = options => options.Generator = "plain-unet",
            ["vgg16-unet"] = options => options.Generator = "vgg16-unet",
            ["encoder-decoder"] = options => options.Generator = "encoder-decoder-256",
        };
}
