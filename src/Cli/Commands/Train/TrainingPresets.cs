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
            ["facades"] = options => options.UseFacades(),
            ["maps"] = _ => { },
            ["keras-pix2pix"] = options => options.UseKeras(),
            ["pix2pixhd"] = options => options.UsePix2PixHd(),
            ["pix2pixhd-local"] = options => options.UsePix2PixHdLocal(),
        };

    /// <summary>For pix2pixHD by its own name.</summary>
    public static IReadOnlyDictionary<string, Action<Pix2PixTrainer.Options>> Pix2PixHd { get; } =
        new Dictionary<string, Action<Pix2PixTrainer.Options>>
        {
            ["pix2pixhd"] = options => options.UsePix2PixHd(),
            ["pix2pixhd-local"] = options => options.UsePix2PixHdLocal(),
        };

    /// <summary>For CycleGAN.</summary>
    public static IReadOnlyDictionary<string, Action<CycleGanTrainer.Options>> CycleGan { get; } =
        new Dictionary<string, Action<CycleGanTrainer.Options>>
        {
            ["cyclegan"] = _ => { },
            ["horse2zebra"] = _ => { },
            ["keras-cyclegan"] = options => options.UseKeras(),
        };

    /// <summary>For BiGAN: none but the defaults.</summary>
    public static IReadOnlyDictionary<string, Action<BiGanTrainer.Options>> BiGan { get; } =
        new Dictionary<string, Action<BiGanTrainer.Options>> { ["bigan"] = _ => { } };

    /// <summary>For CoGAN: none but the defaults.</summary>
    public static IReadOnlyDictionary<string, Action<CoGanTrainer.Options>> CoGan { get; } =
        new Dictionary<string, Action<CoGanTrainer.Options>> { ["cogan"] = _ => { } };

    /// <summary>For CUT and FastCUT.</summary>
    public static IReadOnlyDictionary<string, Action<CutTrainer.Options>> Cut { get; } =
        new Dictionary<string, Action<CutTrainer.Options>>
        {
            ["cut"] = _ => { },
            ["fastcut"] = options => options.UseFastCut(),
        };

    /// <summary>For FastCUT by its own name.</summary>
    public static IReadOnlyDictionary<string, Action<CutTrainer.Options>> FastCut { get; } =
        new Dictionary<string, Action<CutTrainer.Options>> { ["fastcut"] = options => options.UseFastCut() };

    /// <summary>For SimGAN: none but the defaults.</summary>
    public static IReadOnlyDictionary<string, Action<SimGanTrainer.Options>> SimGan { get; } =
        new Dictionary<string, Action<SimGanTrainer.Options>> { ["simgan"] = _ => { } };

    /// <summary>For a feature loss and a GAN: none but the defaults.</summary>
    public static IReadOnlyDictionary<string, Action<FeatureGanTrainer.Options>> FeatureGan { get; } =
        new Dictionary<string, Action<FeatureGanTrainer.Options>> { ["feature-gan"] = _ => { } };

    /// <summary>For regression: none but the defaults.</summary>
    public static IReadOnlyDictionary<string, Action<RegressionTrainer.Options>> Regression { get; } =
        new Dictionary<string, Action<RegressionTrainer.Options>>
        {
            ["plain-unet"] = options => options.Generator = "plain-unet",
            ["vgg16-unet"] = options => options.Generator = "vgg16-unet",
            ["encoder-decoder"] = options => options.Generator = "encoder-decoder-256",
        };
}
