using Microsoft.AspNetCore.StaticFiles;
using MlNetImageTranslation.Imaging;

namespace ImageTranslation_Web;

/// <summary>
/// Images for visitors who have none at hand: those in <c>samples/NAME</c> of the models' folder, as they are.
/// </summary>
internal sealed class SampleImages(ModelStore models)
{
    private static readonly FileExtensionContentTypeProvider s_types = new();

    private static readonly EnumerationOptions s_options = new() { IgnoreInaccessible = true };

    /// <summary>The sample images of a model, in the order of their names.</summary>
    public static IReadOnlyList<string> Of(string modelsFolder, string model)
    {
        var folder = Path.Combine(modelsFolder, "samples", model);
        try
        {
            return
            [
                .. Directory
                    .EnumerateFiles(folder, "*", s_options)
                    .Where(file => ImageDecoder.HasImageExtension(file) && ModelFile.Find(file) is not null)
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>One of a model's samples; of the first model where none is named.</summary>
    /// <param name="model">A model's name. It comes from outside; only that of a model is made into a path.</param>
    /// <param name="seed">Chooses among them; any number.</param>
    public IResult Take(string? model, int seed)
    {
        var list = models.List();
        var name = list.FirstOrDefault(entry => model is null || entry.Name == model)?.Name;
        var files = name is null ? [] : Of(models.Folder, name);
        if (files.Count == 0)
            return Results.Problem(
                name is null ? $"There is no model '{model}'." : $"Model '{name}' has no sample images.",
                statusCode: StatusCodes.Status404NotFound
            );
        var file = files[(seed & int.MaxValue) % files.Count];
        return Results.File(file, s_types.TryGetContentType(file, out var type) ? type : null);
    }
}
