namespace MlNetImageTranslation.Weights;

/// <summary>How a model file stores its weights; the model's interface does not change with it.</summary>
public enum WeightPrecision
{
    /// <summary>32 bits a weight.</summary>
    Float32,

    /// <summary>16 bits a weight: half the file, computed in float32.</summary>
    Float16,
}
