using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Trainer;

/// <summary>What convolutions and dense layers are computed in while training.</summary>
public enum TrainingPrecision
{
    /// <summary>float32 throughout.</summary>
    [JsonStringEnumMemberName("float32")]
    Float32,

    /// <summary>
    /// Inputs and weights of convolutions and dense layers are rounded to bfloat16. The weights themselves, norms,
    /// losses and the optimizer stay float32, and so does everything outside of training steps (samples, validation,
    /// export). For GPUs; on a CPU it is slower than float32.
    /// </summary>
    [JsonStringEnumMemberName("bfloat16")]
    BFloat16,
}
