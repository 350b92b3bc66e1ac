using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export;

/// <summary>
/// Collects an <see cref="OnnxModelInfo"/> from a model's bytes. What it keeps is bounded, whatever the file holds.
/// </summary>
/// <remarks>
/// The generated messages would copy every weight of a mapped file to describe it, and turn two bytes of a hostile one
/// into an object. So graphs are walked in place, and only small messages are parsed.
/// </remarks>
internal sealed class OnnxModelReader
{
    private const int MaximumDepth = 16;

    private readonly OnnxReadBudget _budget = new();
    private readonly Dictionary<string, long> _opsets = [];
    private readonly Dictionary<(string Domain, string Name), int> _operators = [];
    private readonly Dictionary<string, string> _metadata = [];
    private readonly OrderedDictionary<string, OnnxTensorInfo> _inputs = [];
    private readonly List<OnnxTensorInfo> _outputs = [];
    private readonly List<string> _functions = [];
    private string? _externalTensor;
    private string _graphName = "";
    private bool _hasGraph;

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
                case ModelProto.IrVersionFieldNumber:
                    irVersion = fields.Number;
                    break;
                case ModelProto.ProducerNameFieldNumber:
                    producer = _budget.Text(fields);
                    break;
                case ModelProto.ProducerVersionFieldNumber:
                    producerVersion = _budget.Text(fields);
                    break;
                case ModelProto.GraphFieldNumber:
                    ReadMainGraph(fields.Bytes);
                    break;
                case ModelProto.OpsetImportFieldNumber:
                    ReadOpset(fields.Bytes);
                    break;
                case ModelProto.MetadataPropsFieldNumber:
                    ReadMetadata(fields.Bytes);
                    break;
                case ModelProto.FunctionsFieldNumber:
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
            Operators = CountOperators(),
            Inputs = [.. _inputs.Values],
            Outputs = _outputs,
            Metadata = _metadata,
            ExternalTensor = _externalTensor,
            Functions = _functions,
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

    // Counts are added up, because nothing keeps a colon out of the names in a file.
    private OrderedDictionary<string, int> CountOperators()
    {
        var counts = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        var ordered = _operators
            .OrderBy(use => use.Key.Domain, StringComparer.Ordinal)
            .ThenBy(use => use.Key.Name, StringComparer.Ordinal);
        foreach (var ((domain, name), count) in ordered)
        {
            string full = OnnxModelInfo.FullName(domain, name);
            counts[full] = counts.GetValueOrDefault(full) + count;
        }
        return counts;
    }

    // Old files list their weights among the inputs; a weight is no input that a caller has to give.
    private void ReadMainGraph(ReadOnlySpan<byte> graph)
    {
        _hasGraph = true;
        var fields = new ProtobufReader(graph);
        while (fields.Next())
        {
            if (fields.Field == GraphProto.NameFieldNumber)
                _graphName = _budget.Text(fields);
            if (fields.Field is not (GraphProto.InputFieldNumber or GraphProto.OutputFieldNumber))
                continue;
            var info = _budget.Parse(ValueInfoProto.Parser, fields.Bytes).ToInfo();
            if (!info.Shape.IsDefault)
                OnnxReadBudget.Bound(info.Shape.Length, "dimensions of a tensor");
            if (fields.Field == GraphProto.OutputFieldNumber)
                _outputs.Add(info);
            else
                _inputs[info.Name] = info;
            OnnxReadBudget.Bound(_inputs.Count + _outputs.Count, "inputs and outputs");
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
            _budget.CountMessage();
            switch (fields.Field)
            {
                case GraphProto.NodeFieldNumber:
                    ReadNode(fields.Bytes, depth);
                    break;
                case GraphProto.InitializerFieldNumber:
                    var name = ReadTensor(fields.Bytes);
                    if (depth == 0)
                        _inputs.Remove(name);
                    break;
                case GraphProto.SparseInitializerFieldNumber:
                    ReadSparseTensor(fields.Bytes);
                    break;
            }
        }
    }

    private void ReadFunction(ReadOnlySpan<byte> function)
    {
        string name = "",
            domain = "";
        var fields = new ProtobufReader(function);
        while (fields.Next())
        {
            _budget.CountMessage();
            if (fields.Field == FunctionProto.NameFieldNumber)
                name = _budget.Text(fields);
            if (fields.Field == FunctionProto.DomainFieldNumber)
                domain = Canonical(_budget.Text(fields));
            if (fields.Field == FunctionProto.AttributeProtoFieldNumber)
                ReadAttribute(fields.Bytes, 1);
            if (fields.Field == FunctionProto.NodeFieldNumber)
                ReadNode(fields.Bytes, 1);
            if (fields.Field == FunctionProto.OpsetImportFieldNumber)
                ReadOpset(fields.Bytes);
        }
        _functions.Add(OnnxModelInfo.FullName(domain, name));
        OnnxReadBudget.Bound(_functions.Count, "functions");
    }

    private void ReadNode(ReadOnlySpan<byte> node, int depth)
    {
        string name = "",
            domain = "";
        var fields = new ProtobufReader(node);
        while (fields.Next())
        {
            if (fields.Field == NodeProto.OpTypeFieldNumber)
                name = _budget.Text(fields);
            if (fields.Field == NodeProto.DomainFieldNumber)
                domain = Canonical(_budget.Text(fields));
            if (fields.Field == NodeProto.AttributeFieldNumber)
                ReadAttribute(fields.Bytes, depth);
        }
        _operators[(domain, name)] = _operators.GetValueOrDefault((domain, name)) + 1;
        OnnxReadBudget.Bound(_operators.Count, "kinds of operators");
    }

    private void ReadAttribute(ReadOnlySpan<byte> attribute, int depth)
    {
        _budget.CountMessage();
        var fields = new ProtobufReader(attribute);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case AttributeProto.TFieldNumber or AttributeProto.TensorsFieldNumber:
                    ReadTensor(fields.Bytes);
                    break;
                case AttributeProto.GFieldNumber or AttributeProto.GraphsFieldNumber:
                    ReadGraph(fields.Bytes, depth + 1);
                    break;
                case AttributeProto.SparseTensorFieldNumber or AttributeProto.SparseTensorsFieldNumber:
                    ReadSparseTensor(fields.Bytes);
                    break;
            }
        }
    }

    private void ReadSparseTensor(ReadOnlySpan<byte> tensor)
    {
        var fields = new ProtobufReader(tensor);
        while (fields.Next())
            if (fields.Field is SparseTensorProto.ValuesFieldNumber or SparseTensorProto.IndicesFieldNumber)
                ReadTensor(fields.Bytes);
    }

    private string ReadTensor(ReadOnlySpan<byte> tensor)
    {
        _budget.CountMessage();
        var name = "";
        bool external = false;
        var fields = new ProtobufReader(tensor);
        while (fields.Next())
        {
            if (fields.Field == TensorProto.NameFieldNumber)
                name = _budget.Text(fields);
            external |= fields.Field == TensorProto.ExternalDataFieldNumber;
            external |= fields is { Field: TensorProto.DataLocationFieldNumber, Number: not 0 };
        }
        if (external)
            _externalTensor ??= name;
        return name;
    }

    private void ReadOpset(ReadOnlySpan<byte> bytes)
    {
        var opset = _budget.Parse(OperatorSetIdProto.Parser, bytes);
        _opsets[Canonical(opset.Domain)] = opset.Version;
        OnnxReadBudget.Bound(_opsets.Count, "operator sets");
    }

    private void ReadMetadata(ReadOnlySpan<byte> bytes)
    {
        var entry = _budget.Parse(StringStringEntryProto.Parser, bytes);
        _metadata[entry.Key] = entry.Value;
        OnnxReadBudget.Bound(_metadata.Count, "metadata entries");
    }

    private static string Canonical(string domain) => domain == "ai.onnx" ? "" : domain;
}
