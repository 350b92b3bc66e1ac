using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace ImageTranslation_Web;

/// <summary>Puts the application together: one page, and the addresses behind it.</summary>
internal static class WebApplicationFactory
{
    private static readonly string[] s_read = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>The application, not yet started.</summary>
    /// <param name="args">Settings, such as <c>--Translation:Workers 2</c>.</param>
    /// <param name="configure">Replaces services, for tests.</param>
    /// <exception cref="OptionsValidationException">A setting is out of its range.</exception>
    public static WebApplication Create(string[] args, Action<IServiceCollection>? configure = null)
    {
        // The settings lie beside the program, wherever it is started from.
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }
        );
        AddServices(builder.Services);
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        // Wrong settings are told at the start, not to the first visitor.
        _ = app.Services.GetRequiredService<IOptions<TranslationSettings>>().Value;

        app.UseMiddleware<SecurityHeaders>();
        // Every error is JSON, unknown addresses included.
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        var page = new EmbeddedFileProvider(typeof(WebApplicationFactory).Assembly, "wwwroot");
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = page });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = page });
        app.UseRouting();
        app.UseMiddleware<RefusalMiddleware>();
        // The image is read on a place for uploads; what comes after has a place for translations until its answer
        // is sent.
        app.UseMiddleware<UploadMiddleware>();
        app.UseRateLimiter();
        MapAddresses(app);
        return app;
    }

    private static void AddServices(IServiceCollection services)
    {
        services
            .AddOptions<TranslationSettings>()
            .BindConfiguration(TranslationSettings.Section, binder => binder.ErrorOnUnknownConfiguration = true);
        services.AddSingleton<IValidateOptions<TranslationSettings>, TranslationSettingsCheck>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, ConnectionLimits>();
        services.AddSingleton<UploadPlaces>();
        services.AddSingleton<TranslationPlaces>();
        services.AddSingleton<IConfigureOptions<RateLimiterOptions>>(provider =>
            provider.GetRequiredService<TranslationPlaces>()
        );
        services.AddRateLimiter(_ => { });
        services.AddProblemDetails();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ModelStore>();
        services.AddSingleton<SampleImages>();
        services.AddSingleton<TranslationWorkers>();
        services.AddSingleton<TranslateEndpoint>();
        services
            .AddOpenTelemetry()
            .WithMetrics(metrics =>
                metrics.AddAspNetCoreInstrumentation().AddMeter(TranslationWorkers.MeterName).AddPrometheusExporter()
            );
    }

    private static void MapAddresses(WebApplication app)
    {
        app.MapMethods("/api/models", s_read, (ModelStore models) => models.List());
        app.MapMethods(
            "/api/limits",
            s_read,
            (IOptions<TranslationSettings> settings) =>
                new { bytes = settings.Value.MaximumBytes, pixels = settings.Value.MaximumPixels }
        );
        app.MapMethods(
            "/api/sample",
            s_read,
            (string? model, int? seed, SampleImages samples) => samples.Take(model, seed ?? 0)
        );
        app.MapPost(
                "/api/translate",
                (HttpContext context, TranslateEndpoint endpoint) => endpoint.HandleAsync(context)
            )
            .WithMetadata(TakesImage.Instance)
            .DisableAntiforgery();
        app.MapMethods(
            "/health",
            s_read,
            (ModelStore models) =>
                models.List().Count > 0
                    ? Results.Text("healthy")
                    : Results.Text(
                        "no models: put ONNX files into " + models.Folder,
                        statusCode: StatusCodes.Status503ServiceUnavailable
                    )
        );
        app.MapPrometheusScrapingEndpoint("/metrics");
    }
}
