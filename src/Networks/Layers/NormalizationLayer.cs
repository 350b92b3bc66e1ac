using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Networks;

/// <summary>
/// Batch or instance normalization: <c>(x - mean) / sqrt(variance + epsilon) * scale + shift</c> for every channel.
/// </summary>
public sealed record NormalizationLayer : Layer
{
    /// <summary>
    /// <see cref="NormalizationKind.Batch"/> or <see cref="NormalizationKind.Instance"/>; a graph refuses others.
    /// </summary>
    public required NormalizationKind Kind { get; init; }

    /// <summary>Channels read and written.</summary>
    public required int Channels { get; init; }

    /// <summary>What is added to the variance.</summary>
    public float Epsilon { get; init; } = 1e-5f;

    /// <summary>
    /// Weight of the newest batch in the running statistics (PyTorch's momentum; Keras' is one minus this).
    /// </summary>
    public float Momentum { get; init; } = 0.1f;

    /// <summary>Whether scale and shift are learned.</summary>
    public bool Affine { get; init; }

    /// <summary>Whether running statistics are kept while training.</summary>
    public bool RunningStatistics { get; init; }

    /// <summary>
    /// Whether the mean and variance of the batch at hand are used at test time too, as the pix2pix paper does (section
    /// 3.3).
    /// </summary>
    public bool AlwaysBatchStatistics { get; init; }

    /// <inheritdoc/>
    public override TensorShape OutputShape(ReadOnlySpan<TensorShape> inputs) => Single(inputs, Channels);

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<ParameterSpec> Parameters
    {
        get
        {
            if (Affine)
            {
                yield return Parameter("weight", ParameterKind.NormScale, Channels);
                yield return Parameter("bias", ParameterKind.NormShift, Channels);
            }
            if (RunningStatistics)
            {
                yield return Parameter("running_mean", ParameterKind.RunningMean, Channels);
                yield return Parameter("running_var", ParameterKind.RunningVariance, Channels);
            }
        }
    }
}

/// <summary>
/// Normalization of a network or a layer: over what mean and variance are taken (the reference's <c>--norm</c>).
/// </summary>
public enum NormalizationKind
{
    /// <summary>
    /// Batch normalization: over the pixels of all images of the batch, with learned scale and shift and running
    /// statistics.
    /// </summary>
    Batch,

    /// <summary>Instance normalization: over the pixels of each image by itself.</summary>
    Instance,

    /// <summary>No normalization; networks only, not layers.</summary>
    None,
}
