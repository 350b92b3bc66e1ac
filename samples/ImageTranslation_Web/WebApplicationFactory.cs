using System.Diagnostics;
using System.Globalization;
using ImageTranslation_Web.Translation;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using MlNetImageTranslation.Imaging;

namespace ImageTranslation_Web;

/// <summary>Puts the application together: one page, and the four addresses behind it.</summary>
internal static class WebApplicationFactory
{
    public static WebApplication Create(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<TranslationSettings>(builder.Configuration.GetSection("Translation"));
        builder.Services.AddSingleton<ModelStore>();
        builder.Services.AddSingleton<TranslationMetrics>();
        builder.Services.AddSingleton<TranslationQueue>();
        builder.Services.AddHostedService(services => services.GetRequiredService<TranslationQueue>());
        var app = builder.Build();

        app.MapGet("/", () => Page("index.html", "text/html; charset=utf-8"));
        app.MapGet("/api/models", (ModelStore models) => models.List());
        app.MapPost("/api/translate", TranslateAsync).DisableAntiforgery();
        app.MapGet("/api/sample", (long seed) => Results.Bytes(ImageEncoder.Encode(AerialMapSynthesizer.Create(seed, 256).Aerial, ImageFileFormat.Png), "image/png"));
        app.MapGet("/health", (ModelStore models) => models.List().Count > 0
            ? Results.Text("healthy")
            : Results.Text("no models: put ONNX files into " + models.Folder, statusCode: StatusCodes.Status503ServiceUnavailable));
        app.MapGet("/metrics", (TranslationMetrics metrics, TranslationQueue queue) => Results.Text(metrics.Render(queue.Waiting), "text/plain; version=0.0.4"));
        return app;
    }

    private static async Task<IResult> TranslateAsync(HttpContext context, string? model, ModelStore models, TranslationQueue queue, TranslationMetrics metrics, IOptions<TranslationSettings> options, ILogger<TranslationQueue> log)
    {
        var settings = options.Value;
        IResult Refuse(int status, string reason)
        {
            metrics.Refused(status);
            return Results.Problem(reason, statusCode: status);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = settings.MaximumBytes;
        if (context.Request.ContentLength > settings.MaximumBytes) return Refuse(StatusCodes.Status413PayloadTooLarge, TooLarge(settings));
        var name = model ?? models.List().FirstOrDefault()?.Name;
        if (name is null || !models.Contains(name)) return Refuse(StatusCodes.Status404NotFound, $"There is no model '{name}'.");

        RgbImage picture;
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            // The header is read, and its size checked, before anything is decoded.
            picture = ImageDecoder.Decode(body.ToArray(), "upload", new ImageDecoderOptions { MaxPixels = settings.MaximumPixels, MaxFileBytes = settings.MaximumBytes });
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Refuse(StatusCodes.Status413PayloadTooLarge, TooLarge(settings));
        }
        catch (FormatException exception)
        {
            return Refuse(StatusCodes.Status415UnsupportedMediaType, exception.Message);
        }

        var clock = Stopwatch.StartNew();
        if (!queue.TryEnqueue(name, picture, context.RequestAborted, out var result))
        {
            context.Response.Headers.RetryAfter = "2";
            return Refuse(StatusCodes.Status503ServiceUnavailable, "Too many pictures are waiting; try again in a moment.");
        }
        try
        {
            var translated = await result;
            metrics.Translated(clock.Elapsed);
            context.Response.Headers["Server-Timing"] = string.Create(CultureInfo.InvariantCulture, $"translate;dur={clock.Elapsed.TotalMilliseconds:0}");
            return Results.Bytes(ImageEncoder.Encode(translated, ImageFileFormat.Png), "image/png");
        }
        catch (OperationCanceledException)
        {
            return Results.Empty;
        }
        catch (Exception exception)
        {
            log.LogError(exception, "Model {Model} failed on a picture of {Size}", name, picture.Size);
            return Refuse(StatusCodes.Status500InternalServerError, "The model failed on this picture.");
        }
    }

    private static string TooLarge(TranslationSettings settings) => $"Pictures of at most {settings.MaximumBytes / (1 << 20)} MB are accepted.";

    private static IResult Page(string name, string type) => Results.Stream(typeof(WebApplicationFactory).Assembly.GetManifestResourceStream(name)!, type);
}
