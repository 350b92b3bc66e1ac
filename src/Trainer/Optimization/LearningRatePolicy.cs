namespace MlNetImageTranslation.Trainer;

/// <summary>How the learning rate changes from epoch to epoch (the reference's <c>--lr_policy</c>).</summary>
public enum LearningRatePolicy
{
    /// <summary>Constant for the epochs, then down in a straight line over the decay epochs.</summary>
    Linear,

    /// <summary>
    /// Divided by ten each time <see cref="TrainingOptions.LearningRateDecayEvery"/> epochs have passed.
    /// </summary>
    Step,

    /// <summary>
    /// A fifth when the validation L1 (or the generator's loss) has not improved by 1 % for more than five epochs.
    /// </summary>
    Plateau,

    /// <summary>Half a cosine wave from full to zero over the epochs.</summary>
    Cosine,
}
