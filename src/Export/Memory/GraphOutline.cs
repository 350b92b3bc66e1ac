using Google.Protobuf;

namespace MlNetImageTranslation.Export;

/// <summary>A graph without its weights: what decides how much memory a run takes.</summary>
internal sealed class GraphOutline
{
    private const int MaximumDepth = 16;

    /// <summary>Its nodes, in the order of computation.</summary>
    public List<NodeProto> Nodes { get; } = [];

    /// <summary>The names of its inputs.</summary>
    public List<string> Inputs { get; } = [];

    /// <summary>The names of its outputs.</summary>
    public List<string> Outputs { get; } = [];

    /// <summary>Its constants.</summary>
    public Dictionary<string, ValueEstimate> Constants { get; } = new(StringComparer.Ordinal);

    /// <summary>Bytes of constants that are short in the file and written out by the runtime.</summary>
    public double DenseBytes { get; private set; }

    /// <summary>The graphs inside of its nodes (bodies of loops, branches), by <see cref="KeyOf"/>.</summary>
    public Dictionary<string, GraphOutline> Bodies { get; } = new(StringComparer.Ordinal);

    /// <summary>The graph of a model.</summary>
    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public static GraphOutline OfModel(ReadOnlySpan<byte> model)
    {
        var fields = new ProtobufReader(model);
        while (fields.Next())
            if (fields.Field == ModelProto.GraphFieldNumber)
                return Read(fields.Bytes, 0);
        throw new FormatException("It is not an ONNX model: there is no graph in it.");
    }

    private static GraphOutline Read(ReadOnlySpan<byte> graph, int depth)
    {
        if (depth > MaximumDepth)
            throw new FormatException($"Its graphs are nested more than {MaximumDepth} deep.");
        var outline = new GraphOutline();
        var fields = new ProtobufReader(graph);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case GraphProto.NodeFieldNumber:
                    outline.ReadNode(fields.Bytes, depth);
                    break;
                case GraphProto.InitializerFieldNumber:
                    var (name, value) = ConstantEstimate.Read(fields.Bytes);
                    outline.Constants[name] = value;
                    break;
                case GraphProto.SparseInitializerFieldNumber:
                    var (sparse, dense) = ConstantEstimate.ReadSparse(fields.Bytes);
                    outline.Constants[sparse] = dense;
                    outline.DenseBytes += dense.Bytes;
                    break;
                case GraphProto.InputFieldNumber:
                    outline.Inputs.Add(NameOf(fields.Bytes));
                    break;
                case GraphProto.OutputFieldNumber:
                    outline.Outputs.Add(NameOf(fields.Bytes));
                    break;
            }
        }
        return outline;
    }

    private static string NameOf(ReadOnlySpan<byte> value)
    {
        string name = "";
        var fields = new ProtobufReader(value);
        while (fields.Next())
            if (fields.Field == ValueInfoProto.NameFieldNumber)
                name = fields.Text;
        return name;
    }

    // Attributes are taken one by one, so that the values of large constants and the weights of bodies stay unread.
    private void ReadNode(ReadOnlySpan<byte> message, int depth)
    {
        var node = new NodeProto();
        var fields = new ProtobufReader(message);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case NodeProto.InputFieldNumber:
                    node.Input.Add(fields.Text);
                    break;
                case NodeProto.OutputFieldNumber:
                    node.Output.Add(fields.Text);
                    break;
                case NodeProto.OpTypeFieldNumber:
                    node.OpType = fields.Text;
                    break;
                case NodeProto.DomainFieldNumber:
                    node.Domain = fields.Text;
                    break;
                case NodeProto.AttributeFieldNumber:
                    ReadAttribute(node, fields.Bytes, depth);
                    break;
            }
        }
        Nodes.Add(node);
    }

    private void ReadAttribute(NodeProto node, ReadOnlySpan<byte> message, int depth)
    {
        string name = "";
        ReadOnlySpan<byte> body = default,
            tensor = default,
            sparse = default;
        var fields = new ProtobufReader(message);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case AttributeProto.NameFieldNumber:
                    name = fields.Text;
                    break;
                case AttributeProto.GFieldNumber:
                    body = fields.Bytes;
                    break;
                case AttributeProto.TFieldNumber:
                    tensor = fields.Bytes;
                    break;
                case AttributeProto.SparseTensorFieldNumber:
                    sparse = fields.Bytes;
                    break;
            }
        }
        if (!body.IsEmpty)
            Bodies[KeyOf(node, name)] = Read(body, depth + 1);
        else if (!tensor.IsEmpty)
        {
            var value = ConstantEstimate.Read(tensor).Value;
            if (node.Is("Constant") && node.Output.Count == 1)
                Constants[node.Output[0]] = value;
            else
                Constants[KeyOf(node, name)] = value;
        }
        else if (!sparse.IsEmpty && node.Output.Count > 0)
        {
            var dense = ConstantEstimate.ReadSparse(sparse).Value;
            Constants[node.Output[0]] = dense;
            DenseBytes += dense.Bytes;
        }
        else if (message.Length <= ProtobufReader.MaximumTextLength)
            node.Attribute.Add(Parsed(message));
    }

    /// <summary>The name under which a tensor or a graph that is a setting of a node is kept.</summary>
    public static string KeyOf(NodeProto node, string attribute) =>
        $"\0{attribute}\0{(node.Output.Count > 0 ? node.Output[0] : "")}";

    private static AttributeProto Parsed(ReadOnlySpan<byte> message)
    {
        try
        {
            return AttributeProto.Parser.ParseFrom(message);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new FormatException($"Malformed data in an attribute: {exception.Message}", exception);
        }
    }
}
