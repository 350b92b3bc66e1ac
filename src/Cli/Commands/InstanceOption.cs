using System.CommandLine;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary>The option <c>--instances</c> of commands that run models.</summary>
internal sealed class InstanceOption : Option<string?>
{
    private const string OptionName = "--instances";

    public InstanceOption(string helpName, string description)
        : base(OptionName)
    {
        HelpName = helpName;
        Description = description;
    }

    /// <summary>Refuses a model that does not fit what was given.</summary>
    /// <param name="engine">The model.</param>
    /// <param name="name">Its name.</param>
    /// <param name="given">Whether there are instance images.</param>
    /// <exception cref="UserError">It needs them and there are none, or reads none.</exception>
    public static void Check(TranslationEngine engine, string name, bool given)
    {
        if (engine.ReadsInstances && !given)
            throw new UserError(
                $"Model '{name}' reads an instance image beside each label image, an image of the same size; name them "
                    + $"by {OptionName}."
            );
        if (!engine.ReadsInstances && given)
            throw new UserError($"Model '{name}' reads one image; {OptionName} has no effect on it.");
    }

    /// <summary>The instance image of one image.</summary>
    /// <param name="place">Its file, or a folder with an image of the name of <paramref name="image"/>.</param>
    /// <param name="image">The label image.</param>
    /// <param name="decoder">What the decoder accepts.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">The folder has none of that name.</exception>
    public static RgbImage Read(string place, string image, ImageDecoderOptions decoder) =>
        ImageDecoder.DecodeInstances(
            Directory.Exists(place) ? new InstanceFolder(place).FileOf(image) : place,
            decoder
        );
}
