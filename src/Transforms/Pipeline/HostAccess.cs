using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// The environment behind a catalog: messages and the context's GPU settings. ML.NET gives third parties no public way
/// from a catalog to its environment, so it is looked up by name; where that fails, there are no messages and no
/// settings, and nothing else changes.
/// </summary>
internal sealed class HostAccess(TransformsCatalog catalog)
{
    private readonly IHostEnvironment? _environment = Find(catalog);

    /// <summary>MLContext.GpuDeviceId.</summary>
    public int? GpuDeviceId => Property("GpuDeviceId") as int?;

    /// <summary>MLContext.FallbackToCpu.</summary>
    public bool FallbackToCpu => Property("FallbackToCpu") as bool? ?? false;

    public void Warning(string message)
    {
        if (_environment is null)
            return;
        var host = _environment.Register(nameof(ImageTranslationCatalog.TranslateImage));
        using var channel = host.Start(nameof(ICanSaveModel.Save));
        channel.Warning(MessageSensitivity.None, "{0}", message);
    }

    private object? Property(string name) =>
        _environment
            ?.GetType()
            .GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            ?.GetValue(_environment);

    private static IHostEnvironment? Find(TransformsCatalog catalog) =>
        typeof(TransformsCatalog).GetField("_env", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(catalog)
        as IHostEnvironment;
}
