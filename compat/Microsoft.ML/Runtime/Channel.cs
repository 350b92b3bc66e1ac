using System.Diagnostics;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

internal sealed class Channel : IChannel
{
    private readonly LocalEnvironment _root;
    private readonly string _source;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private bool _disposed;

    public Channel(LocalEnvironment root, string parent, string name)
    {
        _root = root;
        Contracts.CheckNonEmpty(name, nameof(name));
        _source = parent == null ? name : parent + "; " + name;
        Trace(MessageSensitivity.None, "Channel started");
    }

    public string ContextDescription => _source;

    public TException Process<TException>(TException ex) where TException : Exception => ExceptionMarker.Mark(ex, _source);

    public void Send(ChannelMessage msg) => _root.Dispatch(msg, _source);

    private void Send(ChannelMessageKind kind, MessageSensitivity sensitivity, string fmt, object[] args = null)
        => Send(new ChannelMessage(kind, sensitivity, fmt, args));

    public void Trace(MessageSensitivity sensitivity, string fmt) => Send(ChannelMessageKind.Trace, sensitivity, fmt);

    public void Trace(MessageSensitivity sensitivity, string fmt, params object[] args) => Send(ChannelMessageKind.Trace, sensitivity, fmt, args);

    public void Error(MessageSensitivity sensitivity, string fmt) => Send(ChannelMessageKind.Error, sensitivity, fmt);

    public void Error(MessageSensitivity sensitivity, string fmt, params object[] args) => Send(ChannelMessageKind.Error, sensitivity, fmt, args);

    public void Warning(MessageSensitivity sensitivity, string fmt) => Send(ChannelMessageKind.Warning, sensitivity, fmt);

    public void Warning(MessageSensitivity sensitivity, string fmt, params object[] args) => Send(ChannelMessageKind.Warning, sensitivity, fmt, args);

    public void Info(MessageSensitivity sensitivity, string fmt) => Send(ChannelMessageKind.Info, sensitivity, fmt);

    public void Info(MessageSensitivity sensitivity, string fmt, params object[] args) => Send(ChannelMessageKind.Info, sensitivity, fmt, args);

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        Trace(MessageSensitivity.None, "Channel finished. Elapsed {0:c}.", _watch.Elapsed);
        Trace(MessageSensitivity.None, "Channel disposed");
    }
}
