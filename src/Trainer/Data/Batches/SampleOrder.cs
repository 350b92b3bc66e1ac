namespace MlNetImageTranslation.Trainer;

/// <summary>How an epoch goes through the images.</summary>
public enum SampleOrder
{
    /// <summary>Every image once, in a random order that is new every epoch.</summary>
    Shuffled,

    /// <summary>Every image once, in the order of the files (the reference's <c>--serial_batches</c>).</summary>
    Serial,

    /// <summary>As many random images as there are, some twice and some never (the Keras tutorials).</summary>
    WithReplacement,
}
