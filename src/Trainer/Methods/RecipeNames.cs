using System.Text.Json.Nodes;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The published recipe that a run follows, by the name that its preset has. It is read off the options that make the
/// recipe, so that runs of before have one, too; sizes, filters and epochs are free.
/// </summary>
internal static class RecipeNames
{
    /// <summary>The name of the recipe, or of the trainer where the options are those of none.</summary>
    public static string Of(TrainingOptions options) =>
        options switch
        {
            Pix2PixTrainer.Options pix2pix => Of(pix2pix),
            CycleGanTrainer.Options
            {
                Generator: NetworkCatalog.KerasResNet6,
                Discriminator: NetworkCatalog.KerasCycleGanPatch
            } => "keras-cyclegan",
            CutTrainer.Options { IdentityContrast: false, MirrorEquivariance: true } => "fastcut",
            _ => null,
        } ?? options.Trainer.FileName();

    /// <summary>The name for the run whose options are in a file; null where they cannot be read.</summary>
    public static string? OfRun(string optionsFile)
    {
        try
        {
            return Of(RecordedOptions.Parse(optionsFile), optionsFile);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The name for the run whose options were read already; null where they are not as we write them.</summary>
    /// <param name="recorded">The object in the file.</param>
    /// <param name="optionsFile">The file.</param>
    public static string? Of(JsonObject? recorded, string optionsFile)
    {
        if (recorded is null)
            return null;
        try
        {
            string? trainer = recorded["trainer"]?.ToString();
            return trainer switch
            {
                "pix2pix" => Of(Read<Pix2PixTrainer.Options>()),
                "cyclegan" => Of(Read<CycleGanTrainer.Options>()),
                "cut" => Of(Read<CutTrainer.Options>()),
                _ => trainer,
            };

            T Read<T>()
                where T : TrainingOptions =>
                (T)RecordedOptions.Deserialize(recorded["options"], typeof(T), optionsFile);
        }
        catch (Exception exception) when (exception is InvalidDataException or ArgumentException)
        {
            return null;
        }
    }

    // What makes pix2pixHD is several discriminators whose features are matched; the generator tells its two apart.
    private static string? Of(Pix2PixTrainer.Options options)
    {
        string generator = NetworkCatalog.CanonicalName(options.Generator);
        if (options.DiscriminatorScales > 1 && options.FeatureMatchingWeight > 0)
            return generator is NetworkCatalog.Pix2PixHd or NetworkCatalog.Pix2PixHdLocal ? generator : null;
        return
            options
                is {
                    SeparateDiscriminatorUpdates: true,
                    SecondGeneratorPass: true,
                    Generator: NetworkCatalog.KerasUNet256
                }
            ? "keras-pix2pix"
            : null;
    }
}
