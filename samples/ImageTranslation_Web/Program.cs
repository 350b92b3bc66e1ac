using ImageTranslation_Web;
using MlNetImageTranslation.Transforms;

// Nothing about the use of ONNX Runtime is sent to Microsoft.
OnnxRuntimeLibrary.DisableTelemetry();
WebApplication app;
try
{
    app = WebApplicationFactory.Create(args);
    await app.StartAsync();
}
catch (Exception exception) when (StartupErrors.Explain(exception) is { } reason)
{
    await Console.Error.WriteLineAsync(reason);
    return 2;
}
await app.WaitForShutdownAsync();
await app.DisposeAsync();
return 0;
