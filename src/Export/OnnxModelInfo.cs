using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export;

/// <summary>
/// What an ONNX file says about itself. Only its structure is read: weights are stepped over, no length in the file is
/// trusted, and nothing of it is run.
/// </summary>
public sealed record OnnxModelInfo
{
    internal OnnxModelInfo() { }

    /// <summary>The length of the file, in bytes.</summary>
    public long FileLength { get; internal init; }

    /// <summary>The version of the file format (ONNX's intermediate representation).</summary>
    public long IrVersion { get; internal init; }

    /// <summary>The program that wrote the file, and its version, as far as it says.</summary>
    public string Producer { get; internal init; } = "";

    /// <summary>The graph's name.</summary>
    public string GraphName { get; internal init; } = "";

    /// <summary>The version of every operator set it imports, by domain; ONNX's own has the empty domain.</summary>
    public IReadOnlyDictionary<string, long> Opsets { get; internal init; } = new Dictionary<string, long>();

    /// <summary>The version of ONNX's own operators; 0 where the file imports none.</summary>
    public long Opset => Opsets.GetValueOrDefault("");

    /// <summary>
    /// The operators it uses, in the order of their domains and names, and how many nodes there are of each, those in
    /// subgraphs and functions included. Names are like <c>Conv</c>, and <c>domain:name</c> for others than ONNX's own.
    /// </summary>
    public IReadOnlyDictionary<string, int> Operators { get; internal init; } = new Dictionary<string, int>();

    /// <summary>The inputs that a caller has to give (weights with a default value are none).</summary>
    public IReadOnlyList<OnnxTensorInfo> Inputs { get; internal init; } = [];

    /// <summary>The outputs.</summary>
    public IReadOnlyList<OnnxTensorInfo> Outputs { get; internal init; } = [];

    /// <summary>The metadata that the producer put in.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; internal init; } = new Dictionary<string, string>();

    /// <summary>The first tensor whose values lie in another file, or null where the file is complete.</summary>
    public string? ExternalTensor { get; internal init; }

    /// <summary>The functions that the file defines, as <c>domain:name</c>; nodes call them like operators.</summary>
    public IReadOnlyList<string> Functions { get; internal init; } = [];

    /// <summary>The domains, other than ONNX's own, of operators and operator sets in the file.</summary>
    public IReadOnlyList<string> ForeignDomains { get; internal init; } = [];

    /// <summary>The model card, or null where the file has none.</summary>
    public ModelCard? Card { get; internal init; }

    /// <summary>The names of operators that are neither ONNX's own nor functions of the file.</summary>
    public IEnumerable<string> ForeignOperators =>
        Operators.Keys.Where(name => name.Contains(':')).Except(Functions, StringComparer.Ordinal);

    internal static string FullName(string domain, string name) => domain.Length == 0 ? name : $"{domain}:{name}";

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">It is not an ONNX model, or its model card is damaged; the message names the
    /// file.</exception>
    public static OnnxModelInfo Read(string path)
    {
        using var file = new OnnxBytes(path);
        try
        {
            return Read(file.Span);
        }
        catch (PyTorchCheckpointException exception)
        {
            throw new PyTorchCheckpointException($"'{path}' is not an ONNX model: {exception.Message}", exception);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"'{path}' is not a sound ONNX model: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a model from memory.</summary>
    /// <exception cref="FormatException">It is not an ONNX model, or its model card is damaged.</exception>
    public static OnnxModelInfo Read(ReadOnlySpan<byte> model)
    {
        // The two formats of torch.save: a zip archive, and a pickle of protocol 2 or newer.
        if (model.StartsWith("PK\x3\x4"u8) || model is [0x80, >= 2 and <= 5, ..])
            throw new PyTorchCheckpointException("It looks like a PyTorch checkpoint, which has to be imported first.");
        // The length of a header of less than 16 MiB, and its opening brace.
        if (model is [_, _, _, 0, 0, 0, 0, 0, (byte)'{', ..])
            throw new PyTorchCheckpointException("It looks like a safetensors file, which has to be imported first.");
        string? unexpected = UnexpectedContent.Describe(model[..Math.Min(model.Length, UnexpectedContent.BytesNeeded)]);
        if (unexpected is not null)
            throw new FormatException(unexpected);
        return new OnnxModelReader().Read(model);
    }
}
