namespace MlNetImageTranslation.Weights;

/// <summary>An opened weight file of any format that we read.</summary>
internal sealed class ForeignFile : IDisposable
{
    private readonly IDisposable? _file;

    private ForeignFile(
        IReadOnlyList<ForeignWeights> weights,
        IReadOnlyDictionary<string, string> metadata,
        IReadOnlyList<UnreadObject> unread,
        IDisposable? file
    )
    {
        Weights = weights;
        Metadata = metadata;
        Unread = unread;
        _file = file;
    }

    /// <summary>Every dictionary of tensors in it, outer ones first.</summary>
    public IReadOnlyList<ForeignWeights> Weights { get; }

    /// <summary>The metadata of a safetensors file; empty for others.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Objects of a PyTorch file that are not read.</summary>
    public IReadOnlyList<UnreadObject> Unread { get; }

    /// <summary>Opens a safetensors or PyTorch file; which it is, is seen by its first bytes.</summary>
    /// <exception cref="FormatException">It is neither, or not sound. The message does not name the file.</exception>
    public static ForeignFile Open(Stream stream)
    {
        Span<byte> start = stackalloc byte[UnexpectedContent.BytesNeeded];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (UnexpectedContent.Describe(start) is { } unexpected)
            throw new FormatException(unexpected);
        if (IsSafetensors(start))
        {
            var header = Safetensors.ReadHeader(stream);
            long data = stream.Position;
            var tensors = new OrderedDictionary<string, ForeignTensor>();
            foreach (var entry in header.Entries.Where(entry => entry.Type.IsFloat()))
                tensors[entry.Name] = new(entry.Shape, _ => Safetensors.ReadValues(stream, data, entry));
            return new([FoldedWeights.Of(new("", tensors))], header.Metadata, [], stream);
        }
        var torch = TorchFile.Open(stream);
        var tree = TorchTree.Of(torch);
        return new([.. tree.Weights.Select(FoldedWeights.Of)], new Dictionary<string, string>(), tree.Unread, torch);
    }

    public void Dispose() => _file?.Dispose();

    // A header length and the opening brace of its JSON.
    private static bool IsSafetensors(ReadOnlySpan<byte> start) =>
        start.Length > 8 && start[8] == '{' && !start.StartsWith("PK\x3\x4"u8);
}
