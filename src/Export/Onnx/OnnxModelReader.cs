using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export;

/// <summary>
/// Collects an <see cref="OnnxModelInfo"/> from a model's bytes. What it keeps is bounded, whatever the file holds.
/// </summary>
internal sealed class OnnxModelReader
{
    private const int MaximumDepth = 16,
        MaximumEntries = 65536,
        MaximumTextLength = 1 << 26;

    private readonly Dictionary<string, long> _opsets = [];
    private readonly Dictionary<(string Domain, string Name), int> _operators = [];
    private readonly Dictionary<string, string> _metadata = [];
    private readonly OrderedDictionary<string, OnnxTensorInfo> _inputs = [];
    private readonly List<OnnxTensorInfo> _outputs = [];
    private string? _externalTensor;
    private string _graphName = "";
    private bool _hasGraph;
    private long _textLength;

    /// <exception cref="FormatException">The bytes are not an ONNX model.</exception>
    public OnnxModelInfo Read(ReadOnlySpan<byte> model)
    {
        long irVersion = 0;
        string producer = "",
            producerVersion = "";
        var fields = new ProtobufReader(model);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1:
                    irVersion = fields.Number;
                    break;
                case 2:
                    producer = Text(fields);
                    break;
                case 3:
                    producerVersion = Text(fields);
                    break;
                case 7:
                    ReadMainGraph(fields.Bytes);
                    break;
                case 8:
                    ReadOpset(fields.Bytes);
                    break;
                case 14:
                    ReadMetadata(fields.Bytes);
                    break;
                case 25:
                    ReadFunction(fields.Bytes);
                    break;
            }
        }
        if (!_hasGraph)
            throw new FormatException("It is not an ONNX model: there is no graph in it.");
        if (_inputs.Count == 0 || _outputs.Count == 0)
            throw new FormatException(
                $"It is not a model that can be run: its graph has {_inputs.Count} inputs and {_outputs.Count} outputs."
            );
        return new()
        {
            FileLength = model.Length,
            IrVersion = irVersion,
            Producer = $"{producer} {producerVersion}".Trim(),
            GraphName = _graphName,
            Opsets = _opsets,
            Operators =
            [
                .. _operators
                    .Select(use => new OnnxOperatorUse(use.Key.Domain, use.Key.Name, use.Value))
                    .OrderBy(use => use.Domain, StringComparer.Ordinal)
                    .ThenBy(use => use.Name, StringComparer.Ordinal),
            ],
            Inputs = [.. _inputs.Values],
            Outputs = _outputs,
            Metadata = _metadata,
            ExternalTensor = _externalTensor,
            ForeignDomains =
            [
                .. _opsets
                    .Keys.Concat(_operators.Keys.Select(use => use.Domain))
                    .Where(domain => domain.Length > 0)
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ],
            Card = _metadata.TryGetValue(ModelCard.MetadataKey, out var json) ? ModelCard.FromJson(json) : null,
        };
    }

    // Old files list their weights among the inputs; a weight is no input that a caller has to give.
    private void ReadMainGraph(ReadOnlySpan<byte> graph)
    {
        _hasGraph = true;
        var fields = new ProtobufReader(graph);
        while (fields.Next())
        {
            if (fields.Field == 2)
                _graphName = Text(fields);
            if (fields.Field is not (11 or 12))
                continue;
            var info = ReadValue(fields.Bytes);
            if (fields.Field == 12)
                _outputs.Add(info);
            else
                _inputs[info.Name] = info;
            Bound(_inputs.Count + _outputs.Count, "inputs and outputs");
        }
        ReadGraph(graph, 0);
    }

    private void ReadGraph(ReadOnlySpan<byte> graph, int depth)
    {
        if (depth > MaximumDepth)
            throw new FormatException($"Its graphs are nested more than {MaximumDepth} deep.");
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
                    if (depth == 0)
                        _inputs.Remove(name);
                    break;
                case 15:
                    ReadSparseTensor(fields.Bytes);
                    break;
            }
        }
    }

    private void ReadFunction(ReadOnlySpan<byte> function)
    {
        var fields = new ProtobufReader(function);
        while (fields.Next())
        {
            if (fields.Field == 7)
                ReadNode(fields.Bytes, 1);
            if (fields.Field == 9)
                ReadOpset(fields.Bytes);
        }
    }

    private void ReadNode(ReadOnlySpan<byte> node, int depth)
    {
        string name = "",
            domain = "";
        var fields = new ProtobufReader(node);
        while (fields.Next())
        {
            if (fields.Field == 4)
                name = Text(fields);
            if (fields.Field == 7)
                domain = Canonical(Text(fields));
            if (fields.Field == 5)
                ReadAttribute(fields.Bytes, depth);
        }
        _operators[(domain, name)] = _operators.GetValueOrDefault((domain, name)) + 1;
        Bound(_operators.Count, "kinds of operators");
    }

    private void ReadAttribute(ReadOnlySpan<byte> attribute, int depth)
    {
        var fields = new ProtobufReader(attribute);
        while (fields.Next())
        {
            if (fields.Field is 5 or 10)
                ReadTensor(fields.Bytes);
            if (fields.Field is 6 or 11)
                ReadGraph(fields.Bytes, depth + 1);
            if (fields.Field is 22 or 23)
                ReadSparseTensor(fields.Bytes);
        }
    }

    private void ReadSparseTensor(ReadOnlySpan<byte> tensor)
    {
        var fields = new ProtobufReader(tensor);
        while (fields.Next())
            if (fields.Field is 1 or 2)
                ReadTensor(fields.Bytes);
    }

    private string ReadTensor(ReadOnlySpan<byte> tensor)
    {
        var name = "";
        bool external = false;
        var fields = new ProtobufReader(tensor);
        while (fields.Next())
        {
            if (fields.Field == 8)
                name = Text(fields);
            external |= fields.Field == 13 || (fields.Field == 14 && fields.Number != 0);
        }
        if (external)
            _externalTensor ??= name;
        return name;
    }

    private void ReadOpset(ReadOnlySpan<byte> opset)
    {
        var domain = "";
        long version = 0;
        var fields = new ProtobufReader(opset);
        while (fields.Next())
        {
            if (fields.Field == 1)
                domain = Canonical(Text(fields));
            if (fields.Field == 2)
                version = fields.Number;
        }
        _opsets[domain] = version;
        Bound(_opsets.Count, "operator sets");
    }

    private void ReadMetadata(ReadOnlySpan<byte> entry)
    {
        string key = "",
            value = "";
        var fields = new ProtobufReader(entry);
        while (fields.Next())
        {
            if (fields.Field == 1)
                key = Text(fields);
            if (fields.Field == 2)
                value = Text(fields);
        }
        _metadata[key] = value;
        Bound(_metadata.Count, "metadata entries");
    }

    private OnnxTensorInfo ReadValue(ReadOnlySpan<byte> value)
    {
        var info = new OnnxTensorInfo("", OnnxElementType.Undefined, default);
        var fields = new ProtobufReader(value);
        while (fields.Next())
        {
            if (fields.Field == 1)
                info = info with { Name = Text(fields) };
            if (fields.Field != 2)
                continue;
            var type = new ProtobufReader(fields.Bytes);
            while (type.Next())
            {
                if (type.Field != 1)
                    continue;
                var tensor = new ProtobufReader(type.Bytes);
                while (tensor.Next())
                {
                    if (tensor.Field == 1)
                        info = info with { ElementType = (OnnxElementType)tensor.Number };
                    if (tensor.Field == 2)
                        info = info with { Shape = [.. ReadShape(tensor.Bytes)] };
                }
            }
        }
        return info;
    }

    private List<OnnxDimension> ReadShape(ReadOnlySpan<byte> shape)
    {
        var dimensions = new List<OnnxDimension>();
        var fields = new ProtobufReader(shape);
        while (fields.Next())
        {
            if (fields.Field != 1)
                continue;
            long? length = null;
            string? name = null;
            var dimension = new ProtobufReader(fields.Bytes);
            while (dimension.Next())
            {
                // Zero and negative lengths are how some exporters write a free dimension.
                if (dimension.Field == 1 && dimension.Number > 0)
                    length = dimension.Number;
                if (dimension.Field == 2)
                    name = Text(dimension);
            }
            dimensions.Add(new(length, name));
            Bound(dimensions.Count, "dimensions of a tensor");
        }
        return dimensions;
    }

    private string Text(in ProtobufReader fields)
    {
        _textLength += fields.Bytes.Length;
        return _textLength <= MaximumTextLength
            ? fields.Text
            : throw new FormatException($"It has more than {MaximumTextLength} bytes of names and metadata.");
    }

    private static string Canonical(string domain) => domain == "ai.onnx" ? "" : domain;

    private static void Bound(int count, string what)
    {
        if (count > MaximumEntries)
            throw new FormatException($"It has more than {MaximumEntries} {what}.");
    }
}
