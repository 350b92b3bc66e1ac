using System.CommandLine;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt train cogan</c>.</summary>
internal static class CoGanCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var binder = new OptionBinder<CoGanTrainer.Options>()
            .Common()
            .Value<string>("--data-a", "Folder of set A, instead of trainA in --data.", (o, v) => o.SourceFolder = v)
            .Value<string>("--data-b", "Folder of set B, instead of trainB in --data.", (o, v) => o.TargetFolder = v)
            .Value<int>(
                "--noise-size",
                "Random numbers that an image is made of (default: 100).",
                (o, v) => o.NoiseSize = v
            )
            .Value<int>(
                "--ngf",
                "Filters of the generators' layer before the last (default: 64).",
                (o, v) => o.GeneratorFilters = v
            )
            .Value<int>(
                "--ndf",
                "Filters of the discriminators' first layer (default: 64).",
                (o, v) => o.DiscriminatorFilters = v
            )
            .Value<NormalizationKind>(
                "--norm",
                "Normalization of the generators (default: batch).",
                (o, v) => o.Norm = v
            )
            .Value<int>(
                "--own-generator-layers",
                "Last layers that each generator has of its own (default: 1).",
                (o, v) => o.OwnGeneratorLayers = v
            )
            .Value<int>(
                "--own-discriminator-layers",
                "First layers that each discriminator has of its own (default: 1).",
                (o, v) => o.OwnDiscriminatorLayers = v
            )
            .Value<AdversarialObjective>(
                "--gan-mode",
                "Adversarial loss: vanilla or lsgan (default: vanilla).",
                (o, v) => o.Objective = v,
                "--gan_mode"
            )
            .Value<int>(
                "--search-steps",
                "Steps of the search for the noise of an image (default: 200).",
                (o, v) => o.SearchSteps = v
            )
            .Value<int>(
                "--search-starts",
                "Searches from different noise, of which the best counts (default: 4).",
                (o, v) => o.SearchStarts = v
            )
            .Value<double>("--search-rate", "Learning rate of the search (default: 0.05).", (o, v) => o.SearchRate = v);
        return TrainCommand.Build(
            "cogan",
            "Learn to make two kinds of images from the same noise, from two sets of unpaired images.",
            binder,
            TrainingPresets.CoGan,
            () => new(),
            (options, progress, token) => new CoGanTrainer(options).Train(progress, token),
            needsData: false,
            TrainCommand.UnpairedImages
                + " Defaults that differ from the other trainers': --load-size 64, --crop-size 64, "
                + "--batch-size 64. The crop size is a power of two from 16 to 256. No model is exported: an image is "
                + "translated by a search for its noise, as the sample grids and 'imt translate --model RUN' do.",
            "imt train cogan --data horse2zebra --output runs/horse2zebra"
        );
    }
}
