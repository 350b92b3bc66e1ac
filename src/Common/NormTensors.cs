namespace MlNetImageTranslation;

/// <summary>
/// The names of the tensors by which the statistics of a model's norms are seen and given. The rewriter of models makes
/// them, the engine feeds and fetches them.
/// </summary>
/// <param name="Prefix">What all of the names begin with.</param>
internal sealed record NormTensors(string Prefix)
{
    /// <summary>What they begin with where no name of the model does.</summary>
    public const string UsualPrefix = "imt/norm";

    /// <summary>The output with the mean of a norm's input: [1, channels, 1, 1].</summary>
    public string Mean(int norm) => $"{Prefix}{norm}/mean";

    /// <summary>The output with the mean square of a norm's input: [1, channels, 1, 1].</summary>
    public string Square(int norm) => $"{Prefix}{norm}/square";

    /// <summary>The input for the mean to normalize by: [1, channels, 1, 1].</summary>
    public string GivenMean(int norm) => $"{Prefix}{norm}/given_mean";

    /// <summary>The input for 1 / sqrt(variance + epsilon) to normalize by: [1, channels, 1, 1].</summary>
    public string GivenFactor(int norm) => $"{Prefix}{norm}/given_factor";

    /// <summary>
    /// The input [1] that is 1 where the norm goes by what it is given, 0 where by its input's own statistics.
    /// </summary>
    public string IsGiven(int norm) => $"{Prefix}{norm}/is_given";
}
