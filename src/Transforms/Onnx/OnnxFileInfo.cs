namespace MlNetImageTranslation.Transforms;

/// <summary>What an ONNX file says about itself: read from the file's structure alone, weights are stepped over.</summary>
internal sealed class OnnxFileInfo
{
    private readonly List<OnnxTensorType> _inputs = [];
    private readonly HashSet<string> _initializers = [];

    /// <summary>The version of ONNX's own operators that the model is written in.</summary>
    public int Opset { get; private set; }

    /// <summary>The version of the file format.</summary>
    public long IrVersion { get; private set; }

    /// <summary>The model's metadata.</summary>
    public Dictionary<string, string> Metadata { get; } = [];

    /// <summary>How often each operator is used; those of another domain than ONNX's stand as <c>domain:operator</c>.</summary>
    public SortedDictionary<string, int> Operators { get; } = new(StringComparer.Ordinal);

    /// <summary>Inputs that have to be given: not those that are weights with a default.</summary>
    public IReadOnlyList<OnnxTensorType> Inputs => [.. _inputs.Where(input => !_initializers.Contains(input.Name))];

    /// <summary>Outputs.</summary>
    public List<OnnxTensorType> Outputs { get; } = [];

    /// <summary>The first tensor whose values lie in another file, or null.</summary>
    public string? ExternalTensor { get; private set; }

    /// <summary>Reads a whole model.</summary>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static OnnxFileInfo Read(ReadOnlySpan<byte> model)
    {
        var info = new OnnxFileInfo();
        bool hasGraph = false;
        var fields = new ProtobufReader(model);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1:
                    info.IrVersion = fields.Number;
                    break;
                case 7:
                    hasGraph = true;
                    info.ReadGraph(fields.Bytes, 0);
                    break;
                case 8:
                    var (domain, version) = ReadOpset(fields.Bytes);
                    if (domain is "" or "ai.onnx") info.Opset = version;
                    break;
                case 14:
                    info.ReadMetadata(fields.Bytes);
                    break;
            }
        }
        if (!hasGraph || info._inputs.Count == 0) throw new FormatException($"This is not an ONNX model: {(hasGraph ? "its graph has no input" : "there is no graph in it")}.");
        return info;
    }

    private void ReadGraph(ReadOnlySpan<byte> graph, int depth)
    {
        if (depth > 16) throw new FormatException("This ONNX model nests graphs more than 16 deep.");
        var fields = new ProtobufReader(graph);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1:
                    ReadNode(fields.Bytes, depth);
                    break;
                case 5:
                    var name = ReadTensor(fields.Bytes);
                    if (depth == 0) _initializers.Add(name);
                    break;
                case 11 when depth == 0:
                    _inputs.Add(OnnxTensorType.Read(fields.Bytes));
                    break;
                case 12 when depth == 0:
                    Outputs.Add(OnnxTensorType.Read(fields.Bytes));
                    break;
            }
        }
    }

    private void ReadNode(ReadOnlySpan<byte> node, int depth)
    {
        string type = "", domain = "";
        var fields = new ProtobufReader(node);
        while (fields.Next())
        {
            if (fields.Field == 4) type = fields.Text;
            if (fields.Field == 7) domain = fields.Text;
            if (fields.Field != 5) continue;
            var attribute = new ProtobufReader(fields.Bytes);
            while (attribute.Next())
            {
                if (attribute.Field is 5 or 10) ReadTensor(attribute.Bytes);
                if (attribute.Field is 6 or 11) ReadGraph(attribute.Bytes, depth + 1);
            }
        }
        var key = domain is "" or "ai.onnx" ? type : $"{domain}:{type}";
        Operators[key] = Operators.GetValueOrDefault(key) + 1;
    }

    private string ReadTensor(ReadOnlySpan<byte> tensor)
    {
        string name = "";
        bool external = false;
        var fields = new ProtobufReader(tensor);
        while (fields.Next())
        {
            if (fields.Field == 8) name = fields.Text;
            if (fields.Field == 13 || (fields.Field == 14 && fields.Number == 1)) external = true;
        }
        if (external) ExternalTensor ??= name;
        return name;
    }

    private static (string Domain, int Version) ReadOpset(ReadOnlySpan<byte> opset)
    {
        string domain = "";
        int version = 0;
        var fields = new ProtobufReader(opset);
        while (fields.Next())
        {
            if (fields.Field == 1) domain = fields.Text;
            if (fields.Field == 2) version = (int)fields.Number;
        }
        return (domain, version);
    }

    private void ReadMetadata(ReadOnlySpan<byte> entry)
    {
        string key = "", value = "";
        var fields = new ProtobufReader(entry);
        while (fields.Next())
        {
            if (fields.Field == 1) key = fields.Text;
            if (fields.Field == 2) value = fields.Text;
        }
        Metadata[key] = value;
    }
}
