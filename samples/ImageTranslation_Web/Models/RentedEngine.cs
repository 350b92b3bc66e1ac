using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;

namespace ImageTranslation_Web;

/// <summary>An engine that is not freed before this is disposed.</summary>
internal sealed class RentedEngine(TranslationEngine engine, ModelFile file, Action giveBack) : IDisposable
{
    /// <summary>Translates an image.</summary>
    /// <exception cref="Refusal">The model does not read it: it is no label image, or an instance image is needed,
    /// too.</exception>
    public RgbImage Translate(RgbImage image)
    {
        try
        {
            return engine.Translate(image);
        }
        catch (ArgumentException exception) when (exception.Source == typeof(TranslationEngine).Assembly.GetName().Name)
        {
            throw new Refusal(StatusCodes.Status422UnprocessableEntity, Reason(exception));
        }
    }

    public void Dispose() => giveBack();

    // Visitors know models by their names, and no parameters.
    private string Reason(ArgumentException exception) =>
        exception
            .Message.Replace($" (Parameter '{exception.ParamName}')", "", StringComparison.Ordinal)
            .Replace($"'{file.Target}'", $"'{file.Name}'", StringComparison.Ordinal);
}
