namespace MlNetImageTranslation.Networks;

/// <summary>Normalization layers with Keras' settings.</summary>
internal static class KerasNormalization
{
    /// <summary>
    /// BatchNormalization; the defaults are Keras' own (epsilon 1e-3, momentum 0.99, which PyTorch calls 0.01).
    /// </summary>
    public static NetworkBuilder Batch(
        NetworkBuilder builder,
        string name,
        bool alwaysBatchStatistics = false,
        float epsilon = 1e-3f,
        float momentum = 0.01f
    ) =>
        builder.Add(
            new NormalizationLayer
            {
                Name = name,
                Inputs = [builder.Last],
                Kind = NormalizationKind.Batch,
                Channels = builder.Shape.Channels,
                Epsilon = epsilon,
                Momentum = momentum,
                Affine = true,
                RunningStatistics = true,
                AlwaysBatchStatistics = alwaysBatchStatistics,
            }
        );

    /// <summary>keras-contrib's InstanceNormalization: learned scale and shift, epsilon 1e-3.</summary>
    public static NetworkBuilder Instance(NetworkBuilder builder, string name) =>
        builder.Add(
            new NormalizationLayer
            {
                Name = name,
                Inputs = [builder.Last],
                Kind = NormalizationKind.Instance,
                Channels = builder.Shape.Channels,
                Epsilon = 1e-3f,
                Affine = true,
            }
        );
}
