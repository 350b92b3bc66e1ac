using ImageTranslation_Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Samples.Tests;

/// <summary>The web sample on a free port, with a model that hands images back with their colours inverted.</summary>
internal sealed class WebSample : IAsyncDisposable
{
    public const string ModelName = "negative";

    private readonly WebApplication _app;
    private readonly TemporaryFolder _models;

    private WebSample(WebApplication app, TemporaryFolder models, Uri address) =>
        (_app, _models, Address) = (app, models, address);

    public Uri Address { get; }

    public static async Task<WebSample> StartAsync(bool withModel = true, params string[] settings)
    {
        var models = new TemporaryFolder();
        if (withModel)
            WriteNegative(models.File(ModelName + ".onnx"));
        var app = WebApplicationFactory.Create([
            "--urls=http://127.0.0.1:0",
            $"--Translation:ModelsFolder={models.Path}",
            "--Logging:LogLevel:Default=None",
            .. settings,
        ]);
        await app.StartAsync();
        var address = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.Single();
        return new(app, models, new Uri(address));
    }

    /// <summary>A path in the models' folder.</summary>
    public string ModelFile(string name) => _models.File(name);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _models.Dispose();
    }

    // One 1x1 convolution: every channel times -1.
    private static void WriteNegative(string path)
    {
        var graph = new NetworkBuilder(ModelName, new(3, 32, 32)).Convolution("negate", 3, 1).Build();
        float[] weight = [-1, 0, 0, 0, -1, 0, 0, 0, -1];
        var weights = new StateDict
        {
            ["negate.weight"] = new([3, 3, 1, 1], weight),
            ["negate.bias"] = new([3], new float[3]),
        };
        OnnxExporter.Export(graph, weights, new(), path);
    }
}
