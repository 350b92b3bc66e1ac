using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Trainer;

/// <summary>The trainers, by the names that they have in files.</summary>
internal enum TrainerKind
{
    /// <summary><see cref="Pix2PixTrainer"/>: <c>pix2pix</c>.</summary>
    [JsonStringEnumMemberName("pix2pix")]
    Pix2Pix,

    /// <summary><see cref="CycleGanTrainer"/>: <c>cyclegan</c>.</summary>
    [JsonStringEnumMemberName("cyclegan")]
    CycleGan,

    /// <summary><see cref="RegressionTrainer"/>: <c>regression</c>.</summary>
    [JsonStringEnumMemberName("regression")]
    Regression,

    /// <summary><see cref="CutTrainer"/>: <c>cut</c>.</summary>
    [JsonStringEnumMemberName("cut")]
    Cut,

    /// <summary><see cref="SimGanTrainer"/>: <c>simgan</c>.</summary>
    [JsonStringEnumMemberName("simgan")]
    SimGan,

    /// <summary><see cref="FeatureGanTrainer"/>: <c>feature-gan</c>.</summary>
    [JsonStringEnumMemberName("feature-gan")]
    FeatureGan,

    /// <summary><see cref="BiGanTrainer"/>: <c>bigan</c>.</summary>
    [JsonStringEnumMemberName("bigan")]
    BiGan,

    /// <summary><see cref="CoGanTrainer"/>: <c>cogan</c>.</summary>
    [JsonStringEnumMemberName("cogan")]
    CoGan,
}
