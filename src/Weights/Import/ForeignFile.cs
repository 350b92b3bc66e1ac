namespace MlNetImageTranslation.Weights;

/// <summary>An opened weight file of any format that we read.</summary>
internal sealed class ForeignFile : IDisposable
{
    private readonly IDisposable? _file;

    private ForeignFile(
        IReadOnlyList<ForeignWeights> weights,
        IReadOnlyDictionary<string, string> metadata,
        IDisposable? file
    ) => (Weights, Metadata, _file) = (weights, metadata, file);

    /// <summary>Every dictionary of tensors in it, outer ones first.</summary>
    public IReadOnlyList<ForeignWeights> Weights { get; }

    /// <summary>The metadata of a safetensors file; empty for others.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a safetensors or PyTorch file; which it is, is seen by its first bytes.</summary>
    /// <exception cref="FormatException">It is neither, or not sound. The message does not name the file.</exception>
    public static ForeignFile Open(Stream stream)
    {
        if (IsSafetensors(stream))
        {
            var header = Safetensors.ReadHeader(stream);
            long data = stream.Position;
            var tensors = new OrderedDictionary<string, ForeignTensor>();
            foreach (var entry in header.Entries.Where(entry => entry.Type.IsFloat()))
                tensors[entry.Name] = new(entry.Shape, () => Safetensors.ReadValues(stream, data, entry));
            return new([new("", tensors)], header.Metadata, stream);
        }
        var torch = TorchFile.Open(stream);
        return new([.. TorchTree.Find(torch)], new Dictionary<string, string>(), torch);
    }

    public void Dispose() => _file?.Dispose();

    // A header length and the opening brace of its JSON.
    private static bool IsSafetensors(Stream stream)
    {
        Span<byte> start = stackalloc byte[9];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return read == start.Length && start[8] == '{' && start[..4] is not [(byte)'P', (byte)'K', 3, 4];
    }
}
