using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed class MLContext : IHostEnvironment
{
    private readonly LocalEnvironment _env;

    public MLContext(int? seed = null)
    {
        _env = new LocalEnvironment(seed);
        _env.Message += (message, source) => Log?.Invoke(this, new LoggingEventArgs(message.Message, message.Kind, source));
        Transforms = new TransformsCatalog(_env);
        Model = new ModelOperationsCatalog(_env);
        Data = new DataOperationsCatalog(_env);
    }

    public event EventHandler<LoggingEventArgs> Log;

    public TransformsCatalog Transforms { get; }

    public ModelOperationsCatalog Model { get; }

    public DataOperationsCatalog Data { get; }

    public ComponentCatalog ComponentCatalog => _env.ComponentCatalog;

    public string TempFilePath { get => _env.TempFilePath; set => _env.TempFilePath = value; }

    public bool FallbackToCpu { get => _env.FallbackToCpu; set => _env.FallbackToCpu = value; }

    public int? GpuDeviceId { get => _env.GpuDeviceId; set => _env.GpuDeviceId = value; }

    internal LocalEnvironment Environment => _env;

    public bool TryAddOption<T>(string name, T value) => _env.TryAddOption(name, value);

    public void SetOption<T>(string name, T value) => _env.SetOption(name, value);

    public bool TryGetOption<T>(string name, out T value) => _env.TryGetOption(name, out value);

    public T GetOptionOrDefault<T>(string name) => _env.GetOptionOrDefault<T>(name);

    public bool RemoveOption(string name) => _env.RemoveOption(name);

    string IExceptionContext.ContextDescription => _env.ContextDescription;

    TException IExceptionContext.Process<TException>(TException ex) => _env.Process(ex);

    IHost IHostEnvironment.Register(string name, int? seed, bool? verbose) => _env.Register(name, seed, verbose);

    IChannel IChannelProvider.Start(string name) => _env.Start(name);

    IPipe<TMessage> IChannelProvider.StartPipe<TMessage>(string name) => _env.StartPipe<TMessage>(name);

    IProgressChannel IProgressChannelProvider.StartProgressChannel(string name) => _env.StartProgressChannel(name);
}
