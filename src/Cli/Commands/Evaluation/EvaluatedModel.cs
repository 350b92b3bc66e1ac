using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary>The model that is scored. What goes wrong in it is reported by its name and that of the image.</summary>
internal sealed class EvaluatedModel(string name, TranslationEngine engine)
{
    /// <summary>Refuses data that does not fit the model.</summary>
    /// <param name="instances">Whether there are instance images.</param>
    /// <exception cref="UserError">The model reads instance images and there are none, or the other way
    /// round.</exception>
    public void CheckInstances(bool instances) => InstanceOption.Check(engine, name, instances);

    /// <summary>Translates an image.</summary>
    /// <param name="image">The name of the image, for messages.</param>
    /// <param name="source">The image.</param>
    /// <param name="instances">The instance image beside it, for a model that reads one.</param>
    /// <exception cref="UserError">The model failed, or cannot read an image of this size.</exception>
    public RgbImage Translate(string image, RgbImage source, RgbImage? instances = null)
    {
        try
        {
            return instances is null ? engine.Translate(source) : engine.Translate(source, instances);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            string message = UserErrors.MessageOf(exception) ?? exception.Message;
            throw new UserError($"Model '{name}' could not translate '{image}': {message}");
        }
    }
}
