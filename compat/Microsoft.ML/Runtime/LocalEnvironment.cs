using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The environment behind an MLContext: message dispatch, randomness, options.</summary>
internal sealed class LocalEnvironment : IHostEnvironment
{
    private readonly object _randomLock = new();
    private readonly Random _random;
    private readonly Dictionary<string, object> _options = new();

    public LocalEnvironment(int? seed = null)
    {
        Seed = seed;
        _random = seed is { } value ? new Random(value) : new Random();
    }

    public int? Seed { get; }

    public ComponentCatalog ComponentCatalog { get; } = new();

    public string TempFilePath { get; set; } = Path.GetTempPath();

    public bool FallbackToCpu { get; set; } = true;

    public int? GpuDeviceId { get; set; }

    public string ContextDescription => "HostEnvironment";

    public event Action<ChannelMessage, string> Message;

    internal void Dispatch(ChannelMessage message, string source) => Message?.Invoke(message, source);

    internal Random NewRandom(int? seed)
    {
        if (seed is { } value) return new Random(value);
        lock (_randomLock) return new Random(_random.Next());
    }

    public TException Process<TException>(TException ex) where TException : Exception => ExceptionMarker.Mark(ex, ContextDescription);

    public IHost Register(string name, int? seed = null, bool? verbose = null)
        => new Host(this, Contracts.CheckNonEmpty(name, nameof(name)), seed);

    public IChannel Start(string name) => new Channel(this, null, name);

    public IPipe<TMessage> StartPipe<TMessage>(string name) => throw Contracts.ExceptSmaller("StartPipe");

    public IProgressChannel StartProgressChannel(string name) => new ProgressChannel(this, name);

    public bool TryAddOption<T>(string name, T value)
    {
        Contracts.CheckValue(name, nameof(name));
        lock (_options) return _options.TryAdd(name, value);
    }

    public void SetOption<T>(string name, T value)
    {
        Contracts.CheckValue(name, nameof(name));
        lock (_options) _options[name] = value;
    }

    public bool TryGetOption<T>(string name, out T value)
    {
        Contracts.CheckValue(name, nameof(name));
        lock (_options)
        {
            var found = _options.TryGetValue(name, out var boxed);
            value = found ? (T)boxed : default;
            return found;
        }
    }

    public T GetOptionOrDefault<T>(string name) => TryGetOption<T>(name, out var value) ? value : default;

    public bool RemoveOption(string name)
    {
        Contracts.CheckValue(name, nameof(name));
        lock (_options) return _options.Remove(name);
    }
}
