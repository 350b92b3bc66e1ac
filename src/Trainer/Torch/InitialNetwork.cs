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
        int number = 0,
        string? entry = null
    )
    {
        // Several networks of one role (scales of a discriminator) draw from different seeds.
        long seed = unchecked(options.SeedOrZero + number * 0x5851F42D4C957F2D);
        var weights = file is null ? Fresh() : Load(file);
        return new(graph, weights, device, options.Precision);

        StateDict Fresh() =>
            WeightInitializer.Create(graph, options.Initialization, options.InitializationGain, seed, stream);

        StateDict Load(string path)
        {
            try
            {
                return NetworkFile.Load(path, graph, entry).Weights;
            }
            catch (FormatException exception) when (EnhancedGenerator.Is(graph))
            {
                return IsGlobal(path)
                    ? EnhancedGenerator.Fill(graph, Fresh(), path)!
                    : throw new FormatException(exception.Message + Hint(), exception);
            }
        }

        // The enhancer works at twice the size with half of the filters.
        string Hint() =>
            options is GeneratorOptions { GeneratorFilters: var filters }
                ? $"\nA global generator fits if it was trained with {nameof(GeneratorOptions.GeneratorFilters)} = "
                    + $"{2 * filters}, twice as many as here, on the same labels."
                : "";

        bool IsGlobal(string path)
        {
            try
            {
                return EnhancedGenerator.Fill(graph, Fresh(), path) is not null;
            }
            catch (FormatException)
            {
                // Then what the file lacks of the whole network is worth to be told.
                return false;
            }
        }
    }
}
