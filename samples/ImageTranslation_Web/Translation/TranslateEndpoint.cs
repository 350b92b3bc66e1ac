using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using MlNetImageTranslation.Imaging;

namespace ImageTranslation_Web;

/// <summary>
/// <c>POST /api/translate?model=NAME</c>: the bytes of an image in, PNG out, problems as JSON (RFC 9457).
/// </summary>
internal sealed class TranslateEndpoint(
    ModelStore models,
    TranslationWorkers workers,
    IOptions<TranslationSettings> options,
    TimeProvider time
)
{
    private readonly TranslationSettings _settings = options.Value;

    public async Task<IResult> HandleAsync(HttpContext context)
    {
        var upload = context.Features.GetRequiredFeature<Upload>();
        var file = upload.Take();
        CheckHeader(file);
        var clock = Stopwatch.StartNew();
        // Decoded on the worker, too: who waits for one holds a file, not its pixels.
        var png = await workers.RunAsync(
            upload.Model,
            () => ImageEncoder.Encode(Translate(upload.Model, Decode(file)), ImageFileFormat.Png),
            context.RequestAborted
        );
        context.Response.Headers["Server-Timing"] = string.Create(
            CultureInfo.InvariantCulture,
            $"translate;dur={clock.Elapsed.TotalMilliseconds:0}"
        );
        return new ImageAnswer(png, TimeSpan.FromSeconds(_settings.AnswerSeconds), time);
    }

    private RgbImage Translate(string model, RgbImage image)
    {
        using var engine =
            models.Rent(model) ?? throw new Refusal(StatusCodes.Status404NotFound, $"There is no model '{model}'.");
        try
        {
            return engine.Translate(image);
        }
        catch (Exception exception) when (exception is not Refusal)
        {
            throw new Refusal(
                StatusCodes.Status500InternalServerError,
                $"Model '{model}' failed on this image of {image.Width}x{image.Height}.",
                exception
            );
        }
    }

    // The header is read, and the size in it checked, before anything is decoded.
    private void CheckHeader(byte[] file)
    {
        try
        {
            var header = ImageHeader.Read(file, "upload");
            var pixels = (long)header.Width * header.Height;
            if (pixels > _settings.MaximumPixels)
                throw new Refusal(
                    StatusCodes.Status413PayloadTooLarge,
                    $"The image is {header.Width}x{header.Height}, {pixels} pixels; at most "
                        + $"{_settings.MaximumPixels} are accepted."
                );
        }
        catch (FormatException exception)
        {
            throw new Refusal(StatusCodes.Status415UnsupportedMediaType, exception.Message);
        }
    }

    private RgbImage Decode(byte[] file)
    {
        try
        {
            return ImageDecoder.Decode(file, "upload", new ImageDecoderOptions { MaxPixels = _settings.MaximumPixels });
        }
        catch (FormatException exception)
        {
            throw new Refusal(StatusCodes.Status415UnsupportedMediaType, exception.Message);
        }
    }
}
