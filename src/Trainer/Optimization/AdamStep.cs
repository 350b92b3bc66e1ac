namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The numbers of one Adam update, with the bias corrections worked out in double precision as PyTorch does.
/// </summary>
internal readonly record struct AdamStep(
    float Beta1,
    float OneMinusBeta1,
    float Beta2,
    float OneMinusBeta2,
    float StepSize,
    float SecondCorrection,
    float Epsilon
)
{
    public static AdamStep Create(AdamOptions options, double learningRate, long step) =>
        new(
            (float)options.Beta1,
            (float)(1 - options.Beta1),
            (float)options.Beta2,
            (float)(1 - options.Beta2),
            (float)(learningRate / (1 - Math.Pow(options.Beta1, step))),
            (float)Math.Sqrt(1 - Math.Pow(options.Beta2, step)),
            (float)options.Epsilon
        );
}
