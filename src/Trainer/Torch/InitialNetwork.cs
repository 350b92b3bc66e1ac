using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>Networks as they are before the first step.</summary>
internal static class InitialNetwork
{
    /// <summary>
    /// From a file of weights (safetensors or PyTorch, by our names or the reference's), or by the options'
    /// initialisation.
    /// </summary>
    /// <exception cref="FormatException">The file is not sound, or its weights do not fit; the message lists
    /// them.</exception>
    public static TorchNetwork Create(
        NetworkGraph graph,
        TrainingOptions options,
        RandomStream stream,
        string? file,
        Device device,
        int number = 0
    )
    {
        // Several networks of one role (scales of a discriminator) draw from different seeds.
        long seed = unchecked(options.SeedOrZero + number * 0x5851F42D4C957F2D);
        var weights = file is null
            ? WeightInitializer.Create(graph, options.Initialization, options.InitializationGain, seed, stream)
            : CheckpointImporter.Load(file, graph).Weights;
        return new(graph, weights, device, options.Precision);
    }
}
