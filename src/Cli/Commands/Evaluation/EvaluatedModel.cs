using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Cli;

/// <summary>The model that is scored. What goes wrong in it is reported by its name and that of the image.</summary>
internal sealed class EvaluatedModel(string name, TranslationEngine engine)
{
    /// <summary>Translates an image.</summary>
    /// <param name="image">The name of the image, for messages.</param>
    /// <param name="source">The image.</param>
    /// <exception cref="UserError">The model failed, or cannot read an image of this size.</exception>
    public RgbImage Translate(string image, RgbImage source)
    {
        try
        {
            return engine.Translate(source);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            string message = UserErrors.MessageOf(exception) ?? exception.Message;
            throw new UserError($"Model '{name}' could not translate '{image}': {message}");
        }
    }
}
