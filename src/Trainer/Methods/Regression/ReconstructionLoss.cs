namespace MlNetImageTranslation.Trainer;

/// <summary>What a regression minimises between a translated image and its target.</summary>
public enum ReconstructionLoss
{
    /// <summary>The mean absolute difference.</summary>
    L1,

    /// <summary>The mean squared difference.</summary>
    L2,
}
