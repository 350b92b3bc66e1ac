using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using MlNetImageTranslation.Imaging;

namespace ImageTranslation_Web.Translation;

/// <summary>
/// <c>POST /api/translate?model=NAME</c>: the bytes of an image in, PNG out, problems as JSON (RFC 9457).
/// </summary>
internal sealed class TranslateEndpoint(
    ModelStore models,
    TranslationQueue queue,
    TranslationMetrics metrics,
    IOptions<TranslationSettings> options,
    ILogger<TranslateEndpoint> log
)
{
    private readonly TranslationSettings _settings = options.Value;

    public async Task<IResult> HandleAsync(HttpContext context, string? model)
    {
        try
        {
            return await TranslateAsync(context, model);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Who has left does not need an answer.
            return Results.Empty;
        }
        catch (Refusal refusal)
        {
            if (refusal.Status == StatusCodes.Status503ServiceUnavailable)
                context.Response.Headers.RetryAfter = "2";
            if (refusal.InnerException is { } cause)
                log.LogError(cause, "{Reason}", refusal.Message);
            metrics.Refused(refusal.Status);
            return Results.Problem(refusal.Message, statusCode: refusal.Status);
        }
        catch (BadHttpRequestException exception)
        {
            metrics.Refused(exception.StatusCode);
            return Results.Problem(
                exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooManyBytes.Message : exception.Message,
                statusCode: exception.StatusCode
            );
        }
    }

    private Refusal TooManyBytes =>
        new(
            StatusCodes.Status413PayloadTooLarge,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Images of at most {_settings.MaximumBytes / 1048576.0:0.#} MB are accepted."
            )
        );

    private async Task<IResult> TranslateAsync(HttpContext context, string? model)
    {
        if (context.Request.ContentLength > _settings.MaximumBytes)
            throw TooManyBytes;
        var name = model ?? models.List().FirstOrDefault()?.Name;
        if (name is null || !models.Contains(name))
            throw new Refusal(
                StatusCodes.Status404NotFound,
                name is null ? "There is no model." : $"There is no model '{name}'."
            );

        // The place comes before the upload: visitors who find none cost no memory.
        using var place =
            queue.TryEnter()
            ?? throw new Refusal(
                StatusCodes.Status503ServiceUnavailable,
                "Too many images are waiting; try again in a moment."
            );
        var image = Decode(await ReadAsync(context));
        var clock = Stopwatch.StartNew();
        RgbImage translated;
        try
        {
            translated = await place.TranslateAsync(name, image, context.RequestAborted);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new Refusal(
                StatusCodes.Status500InternalServerError,
                $"Model '{name}' failed on this image of {image.Width}x{image.Height}.",
                exception
            );
        }
        metrics.Translated(clock.Elapsed);
        context.Response.Headers["Server-Timing"] = string.Create(
            CultureInfo.InvariantCulture,
            $"translate;dur={clock.Elapsed.TotalMilliseconds:0}"
        );
        return Results.Bytes(ImageEncoder.Encode(translated, ImageFileFormat.Png), "image/png");
    }

    private async Task<byte[]> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = _settings.MaximumBytes;
        using var body = new MemoryStream((int)(context.Request.ContentLength ?? 0));
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }

    private RgbImage Decode(byte[] file)
    {
        try
        {
            // The header is read, and the size in it checked, before anything is decoded.
            var header = ImageHeader.Read(file, "upload");
            long pixels = (long)header.Width * header.Height;
            if (pixels > _settings.MaximumPixels)
                throw new Refusal(
                    StatusCodes.Status413PayloadTooLarge,
                    $"The image is {header.Width}x{header.Height}, {pixels} pixels; at most {_settings.MaximumPixels} are accepted."
                );
            return ImageDecoder.Decode(file, "upload", new ImageDecoderOptions { MaxPixels = _settings.MaximumPixels });
        }
        catch (FormatException exception)
        {
            throw new Refusal(StatusCodes.Status415UnsupportedMediaType, exception.Message);
        }
    }
}
