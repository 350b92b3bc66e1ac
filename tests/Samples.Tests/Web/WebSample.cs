using ImageTranslation_Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;
using OpenTelemetry.Exporter;

namespace MlNetImageTranslation.Samples.Tests;

/// <summary>The web sample on a free port, with a model that hands images back with their colours inverted.</summary>
internal sealed class WebSample : IAsyncDisposable
{
    public const string ModelName = "negative";

    private readonly WebApplication _app;
    private readonly TemporaryFolder _models;

    private WebSample(WebApplication app, TemporaryFolder models, ManualTime time, Uri address) =>
        (_app, _models, Time, Address) = (app, models, time, address);

    public Uri Address { get; }

    /// <summary>The sample's clock: deadlines pass when a test says so.</summary>
    public ManualTime Time { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<WebSample> StartAsync(bool withModel = true, params string[] settings)
    {
        var models = new TemporaryFolder();
        if (withModel)
            WriteModel(models.File(ModelName + ".onnx"));
        var time = new ManualTime();
        var app = WebApplicationFactory.Create(
            [
                "--urls=http://127.0.0.1:0",
                $"--Translation:ModelsFolder={models.Path}",
                "--Logging:LogLevel:Default=None",
                "--Logging:LogLevel:Microsoft.AspNetCore=None",
                .. settings,
            ],
            services =>
            {
                services.AddSingleton<TimeProvider>(time);
                services.Configure<PrometheusAspNetCoreOptions>(options =>
                    options.ScrapeResponseCacheDurationMilliseconds = 0
                );
            }
        );
        await app.StartAsync();
        var address = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.Single();
        return new(app, models, time, new Uri(address));
    }

    /// <summary>A path in the models' folder.</summary>
    public string ModelFile(string name) => _models.File(name);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _models.Dispose();
    }

    /// <summary>Writes one 1x1 convolution: every channel times <paramref name="factor"/>, -1 inverts.</summary>
    public static void WriteModel(string path, float factor = -1)
    {
        var graph = new NetworkBuilder(ModelName, new(3, 32, 32)).Convolution("negate", 3, 1).Build();
        float[] weight = [factor, 0, 0, 0, factor, 0, 0, 0, factor];
        var weights = new StateDict
        {
            ["negate.weight"] = new([3, 3, 1, 1], weight),
            ["negate.bias"] = new([3], new float[3]),
        };
        OnnxExporter.Export(graph, weights, new(), path);
    }

    /// <summary>Writes a model of three classes that are levels of gray; it gives their planes.</summary>
    public static void WriteLabelModel(string path, bool readsInstances)
    {
        var labels = new LabelPlanesLayer
        {
            Name = "labels",
            Inputs = [NetworkGraph.InputName],
            Colors = readsInstances ? [0x000000, 0x010101] : [0x000000, 0x010101, 0x020202],
            Edges = readsInstances,
        };
        var graph = new NetworkGraph("planes", new(labels.InputChannels, 16, 16), [labels]);
        OnnxExporter.Export(graph, new StateDict(), new(), path);
    }
}
