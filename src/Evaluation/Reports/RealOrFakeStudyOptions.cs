namespace MlNetImageTranslation.Evaluation;

/// <summary>
/// The protocol of a real-or-fake study; the defaults are those of the pix2pix paper (section 3.4): 10 practice trials
/// with an answer shown, then 40 without, one second an image.
/// </summary>
public sealed record RealOrFakeStudyOptions
{
    /// <summary>Trials that count.</summary>
    public int Trials { get; init; } = 40;

    /// <summary>Trials before those, after which the right answer is shown.</summary>
    public int PracticeTrials { get; init; } = 10;

    /// <summary>How long the images are shown, in seconds.</summary>
    public double Seconds { get; init; } = 1;

    /// <summary>Images wider than this are shown smaller.</summary>
    public int MaximumSide { get; init; } = 512;

    /// <summary>Chooses images, partners and sides.</summary>
    public int Seed { get; init; }

    /// <summary>Names the study on the page and in the saved answers.</summary>
    public string Title { get; init; } = "Real or fake?";

    internal void Check()
    {
        if (Trials < 1)
            throw new ArgumentOutOfRangeException(nameof(Trials), Trials, "Expected at least 1 trial.");
        if (PracticeTrials < 0)
            throw new ArgumentOutOfRangeException(
                nameof(PracticeTrials),
                PracticeTrials,
                "Expected 0 or more practice trials."
            );
        if (!(Seconds > 0) || Seconds > 60)
            throw new ArgumentOutOfRangeException(
                nameof(Seconds),
                Seconds,
                "Expected a time above 0 and of at most 60 seconds."
            );
        if (MaximumSide < 16)
            throw new ArgumentOutOfRangeException(nameof(MaximumSide), MaximumSide, "Expected at least 16 pixels.");
    }
}
