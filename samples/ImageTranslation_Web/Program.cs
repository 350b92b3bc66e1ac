using ImageTranslation_Web;

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
