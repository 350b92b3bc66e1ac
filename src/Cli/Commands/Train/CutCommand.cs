using System.CommandLine;
using System.Globalization;
using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt train cut</c> and <c>imt train fastcut</c>.</summary>
internal static class CutCommand
{
    /// <summary>Builds the command for CUT.</summary>
    public static Command Create() =>
        TrainCommand.Build(
            "cut",
            "Learn to translate one way between two sets of unpaired images, by CUT.",
            Binder(),
            TrainingPresets.Cut,
            () => new(),
            Train,
            needsData: false,
            TrainCommand.UnpairedImages
                + " Defaults that differ from the other trainers': --generator "
                + "resnet-9-antialiased, --discriminator patch-antialiased, --init xavier, 200 epochs and 200 of decay.",
            "imt train cut --data horse2zebra --output runs/horse2zebra",
            "imt train cut --data-a summer --data-b winter --output runs/winter --crop-size 128 --load-size 143"
        );

    /// <summary>Builds the command for FastCUT.</summary>
    public static Command CreateFast() =>
        TrainCommand.Build(
            "fastcut",
            "Learn to translate one way between two sets of unpaired images, by FastCUT.",
            Binder(),
            TrainingPresets.FastCut,
            CreateFastOptions,
            Train,
            needsData: false,
            "CUT with --lambda-nce 10, --nce-identity false, --flip-equivariance true, 150 epochs and 50 of decay. "
                + TrainCommand.UnpairedImages,
            "imt train fastcut --data horse2zebra --output runs/horse2zebra"
        );

    private static CutTrainer.Options CreateFastOptions()
    {
        var options = new CutTrainer.Options();
        options.UseFastCut();
        return options;
    }

    private static TrainingResult Train(
        CutTrainer.Options options,
        IProgress<TrainingProgress> progress,
        CancellationToken cancellationToken
    ) => new CutTrainer(options).Train(progress, cancellationToken);

    private static OptionBinder<CutTrainer.Options> Binder() =>
        new OptionBinder<CutTrainer.Options>()
            .OneSided()
            .Value<double>(
                "--lambda-nce",
                "Weight of the contrastive loss (default: 1; FastCUT: 10).",
                (o, v) => o.ContrastWeight = v,
                "--lambda_NCE"
            )
            .Value<bool>(
                "--nce-identity",
                "Whether target images should stay as they are (default: true; FastCUT: false).",
                (o, v) => o.IdentityContrast = v,
                "--nce_idt"
            )
            .Value<bool>(
                "--flip-equivariance",
                "Whether half of all steps mirror the generator's input (default: false; FastCUT: true).",
                (o, v) => o.MirrorEquivariance = v,
                "--flip_equivariance"
            )
            .Value<string>(
                "--nce-layers",
                "Layers of the generator to compare features of, residual blocks counted as one (default: 0,4,8,12,16).",
                (o, v) => o.ContrastLayers = Layers(v),
                "--nce_layers"
            )
            .Value<int>(
                "--nce-patches",
                "Patches to compare in every layer (default: 256).",
                (o, v) => o.Patches = v,
                "--num_patches"
            )
            .Value<int>(
                "--projection-filters",
                "Values of a projected feature (default: 256).",
                (o, v) => o.ProjectionFilters = v,
                "--netF_nc"
            )
            .Value<double>(
                "--temperature",
                "What similarities are divided by (default: 0.07).",
                (o, v) => o.Temperature = v,
                "--nce_T"
            )
            .Value<bool>(
                "--nce-batch-negatives",
                "Whether patches are told from those of all images of a batch (default: false, of their own image).",
                (o, v) => o.BatchNegatives = v,
                "--nce_includes_all_negatives_from_minibatch"
            );

    private static int[] Layers(string text) =>
        Array.ConvertAll(
            text.Split(',', StringSplitOptions.TrimEntries),
            part =>
                int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                    ? number
                    : throw new UserError(
                        $"ContrastLayers: expected numbers with commas between them, such as 0,4,8, but got '{text}'."
                    )
        );
}
