using ImageTranslation_Web.Translation;
using Microsoft.Extensions.Options;
using MlNetImageTranslation.Imaging;

namespace ImageTranslation_Web;

/// <summary>Puts the application together: one page, and the addresses behind it.</summary>
internal static class WebApplicationFactory
{
    public static WebApplication Create(string[] args)
    {
        // The settings lie beside the program, wherever it is started from.
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }
        );
        builder.Services.Configure<TranslationSettings>(builder.Configuration.GetSection("Translation"));
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton<ModelStore>();
        builder.Services.AddSingleton<SampleImages>();
        builder.Services.AddSingleton<TranslationMetrics>();
        builder.Services.AddSingleton<TranslationQueue>();
        builder.Services.AddSingleton<TranslateEndpoint>();
        var app = builder.Build();

        // Every error is JSON, unknown addresses included.
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapGet(
            "/",
            () =>
                Results.Stream(
                    typeof(WebApplicationFactory).Assembly.GetManifestResourceStream("index.html")!,
                    "text/html; charset=utf-8"
                )
        );
        app.MapGet("/api/models", (ModelStore models) => models.List());
        app.MapGet(
            "/api/limits",
            (IOptions<TranslationSettings> settings) =>
                new { bytes = settings.Value.MaximumBytes, pixels = settings.Value.MaximumPixels }
        );
        app.MapPost(
                "/api/translate",
                (HttpContext context, string? model, TranslateEndpoint endpoint) => endpoint.HandleAsync(context, model)
            )
            .DisableAntiforgery();
        app.MapGet(
            "/api/sample",
            (string? model, int? seed, SampleImages samples) =>
                Results.Bytes(ImageEncoder.Encode(samples.Take(model, seed ?? 0), ImageFileFormat.Png), "image/png")
        );
        app.MapGet(
            "/health",
            (ModelStore models) =>
                models.List().Count > 0
                    ? Results.Text("healthy")
                    : Results.Text(
                        "no models: put ONNX files into " + models.Folder,
                        statusCode: StatusCodes.Status503ServiceUnavailable
                    )
        );
        app.MapGet(
            "/metrics",
            (TranslationMetrics metrics, TranslationQueue queue) =>
                Results.Text(metrics.Render(queue.Waiting), "text/plain; version=0.0.4")
        );
        return app;
    }
}
