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
}
