namespace MlNetImageTranslation.Trainer;

/// <summary>The names of trainers in files and messages.</summary>
internal static class TrainerKindNames
{
    /// <summary>The name in files.</summary>
    public static string FileName(this TrainerKind kind) =>
        kind switch
        {
            TrainerKind.Pix2Pix => "pix2pix",
            TrainerKind.CycleGan => "cyclegan",
            TrainerKind.Regression => "regression",
            TrainerKind.Cut => "cut",
            TrainerKind.SimGan => "simgan",
            TrainerKind.FeatureGan => "feature-gan",
            TrainerKind.BiGan => "bigan",
            TrainerKind.CoGan => "cogan",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such trainer."),
        };
}
