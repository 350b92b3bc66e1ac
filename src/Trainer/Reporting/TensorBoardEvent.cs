using System.Collections.Immutable;
using MlNetImageTranslation.Export;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// One record of an event file (event.proto): a version, the start of a session, or values of a step.
/// </summary>
internal sealed class TensorBoardEvent(long step) : ProtobufMessage
{
    private readonly double _seconds = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds;

    public string? FileVersion { get; init; }

    public bool SessionStarts { get; init; }

    public ImmutableArray<TensorBoardValue> Values { get; init; } = [];

    public override void Write(IProtobufSink sink)
    {
        sink.Double(1, _seconds);
        if (step != 0)
            sink.Integer(2, step);
        if (FileVersion is not null)
            sink.Text(3, FileVersion);
        if (!Values.IsEmpty)
            sink.Message(5, new Summary(Values));
        if (SessionStarts)
            sink.Message(7, new SessionLog());
    }

    private sealed class Summary(ImmutableArray<TensorBoardValue> values) : ProtobufMessage
    {
        public override void Write(IProtobufSink sink)
        {
            foreach (var value in values)
                sink.Message(1, value);
        }
    }

    private sealed class SessionLog : ProtobufMessage
    {
        private const int Start = 1;

        public override void Write(IProtobufSink sink) => sink.Integer(1, Start);
    }
}
