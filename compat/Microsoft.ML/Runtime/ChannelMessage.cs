namespace Microsoft.ML.Runtime;

public readonly struct ChannelMessage
{
    public readonly ChannelMessageKind Kind;
    public readonly MessageSensitivity Sensitivity;
    private readonly string _message;
    private readonly object[] _args;

    internal ChannelMessage(ChannelMessageKind kind, MessageSensitivity sensitivity, string message, object[] args = null)
    {
        Kind = kind;
        Sensitivity = sensitivity;
        _message = message;
        _args = args;
    }

    public string Message => _args == null ? _message : string.Format(_message, _args);
}
