using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli;

// Options of generators and discriminators.
internal static partial class TrainingBindings
{
    /// <summary>Which generator.</summary>
    public static OptionBinder<T> Generator<T>(this OptionBinder<T> binder)
        where T : GeneratorOptions =>
        binder
            .Value<string>(
                "--generator",
                $"Generator: {string.Join(", ", NetworkCatalog.Generators)}.",
                (o, v) => o.Generator = v,
                "--netG"
            )
            .Value<string>(
                "--generator-file",
                "JSON file of your own generator, instead of --generator. imt summary --json writes one to start from.",
                (o, v) => o.GeneratorGraph = GraphFile.Read(v)
            )
            .Value<int>(
                "--ngf",
                "Filters of the generator's first convolution (default: 64).",
                (o, v) => o.GeneratorFilters = v
            )
            .Value<NormalizationKind>(
                "--norm",
                "Normalization (default: that of the architecture).",
                (o, v) => o.Norm = v
            )
            .Switch(
                "--dropout",
                "Use dropout in the generator (default: as the architecture has it).",
                o => o.Dropout = true
            )
            .Switch("--no-dropout", "Do not use dropout in the generator.", o => o.Dropout = false, "--no_dropout")
            .Value<TranslationDirection>(
                "--direction",
                "Which image of a pair, or which set of images, is the source (default: AtoB).",
                (o, v) => o.Direction = v
            )
            .Value<string>(
                "--initial-generator",
                "File with initial weights of the generator (safetensors or PyTorch).",
                (o, v) => o.InitialGenerator = v
            )
            .Conflict("--generator", "--generator-file")
            .Conflict("--dropout", "--no-dropout");

    /// <summary>Options of the trainers with a discriminator.</summary>
    public static OptionBinder<T> Adversarial<T>(this OptionBinder<T> binder)
        where T : GeneratorOptions, IAdversarialOptions =>
        binder
            .Value<string>(
                "--discriminator",
                $"Discriminator: {string.Join(", ", NetworkCatalog.Discriminators)}.",
                (o, v) => o.Discriminator = v,
                "--netD"
            )
            .Value<string>(
                "--discriminator-file",
                "JSON file of your own discriminator, instead of --discriminator.",
                (o, v) => o.DiscriminatorGraph = GraphFile.Read(v)
            )
            .Value<int>(
                "--ndf",
                "Filters of the discriminator's first convolution (default: 64).",
                (o, v) => o.DiscriminatorFilters = v
            )
            .Value<int>(
                "--discriminator-layers",
                "Strided layers of a patch or image discriminator (default: 3).",
                (o, v) => o.DiscriminatorLayers = v,
                "--n_layers_D"
            )
            .Value<int>(
                "--discriminator-scales",
                "Number of discriminators, each at half the size of the one before: 1 to 3 (default: 1).",
                (o, v) => o.DiscriminatorScales = v,
                "--num_D"
            )
            .Value<AdversarialObjective>(
                "--gan-mode",
                "Adversarial loss (default: that of the paper).",
                (o, v) => o.Objective = v,
                "--gan_mode"
            )
            .Value<double>(
                "--gradient-penalty",
                "Weight of the gradient penalty of wgangp (default: 10).",
                (o, v) => o.GradientPenaltyWeight = v
            )
            .Value<string>(
                "--diff-augment",
                "Change what the discriminator sees at random, for few images: color, translation, cutout, or several "
                    + "with commas between them.",
                (o, v) => o.DiscriminatorAugmentation = Augmentation(v),
                "--DiffAugment"
            )
            .Conflict("--discriminator", "--discriminator-file");

    private static DiscriminatorAugmentation Augmentation(string text)
    {
        var sum = DiscriminatorAugmentation.None;
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
            sum |= part.ToLowerInvariant() switch
            {
                "color" => DiscriminatorAugmentation.Color,
                "translation" => DiscriminatorAugmentation.Translation,
                "cutout" => DiscriminatorAugmentation.Cutout,
                "none" => DiscriminatorAugmentation.None,
                _ => throw new UserError(
                    "DiscriminatorAugmentation: expected color, translation, cutout, or several with commas between "
                        + $"them, but got '{text}'."
                ),
            };
        return sum;
    }
}
