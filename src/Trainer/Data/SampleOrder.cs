namespace MlNetImageTranslation.Trainer;

/// <summary>How an epoch goes through the pictures.</summary>
public enum SampleOrder
{
    /// <summary>Every picture once, in a random order that is new every epoch.</summary>
    Shuffled,

    /// <summary>Every picture once, in the order of the files (the reference's <c>--serial_batches</c>).</summary>
    Serial,

    /// <summary>As many random pictures as there are, some twice and some never (the Keras tutorials).</summary>
    WithReplacement,
}
