using System.Collections.Immutable;

namespace MlNetImageTranslation.Export;

/// <summary>The operators that stand for one instance norm whose statistics can be seen and given.</summary>
/// <param name="nodes">Where they are appended.</param>
/// <param name="names">The names of what is seen and given.</param>
/// <param name="number">The norm's number, from 0.</param>
/// <param name="opset">The version of ONNX's operators.</param>
internal sealed class NormNodes(List<NodeProto> nodes, NormTensors names, int number, long opset)
{
    /// <summary>The constant shape of what there is one of for each channel.</summary>
    public static string ChannelShape(NormTensors names) => names.Prefix + "/shape";

    /// <summary>The constant axes of a mean over the image.</summary>
    public static string Axes(NormTensors names) => names.Prefix + "/axes";

    private readonly string _name = $"{names.Prefix}{number}/";

    /// <summary>The constant that a norm adds to its variance.</summary>
    public static string Epsilon(NormTensors names, int number) => $"{names.Prefix}{number}/epsilon";

    /// <summary>The constant shape of channels with all their values in a row.</summary>
    public static string RowShape(NormTensors names) => names.Prefix + "/rows";

    /// <summary>Appends what does the work of <paramref name="norm"/>, an InstanceNormalization.</summary>
    /// <param name="norm">The norm.</param>
    /// <param name="type">What it computes with; statistics are float32.</param>
    /// <param name="isImage">Whether its input has four dimensions. Otherwise it may have any number: exporters write a
    /// group norm as the norm of [N, groups, values of a group].</param>
    public void Append(NodeProto norm, OnnxElementType type, bool isImage)
    {
        bool isFloat = type == OnnxElementType.Float;
        string scale = norm.Input[1],
            shift = norm.Input[2],
            input = norm.Input[0],
            output = isImage && isFloat ? norm.Output[0] : _name + "shifted";
        if (!isFloat)
        {
            input = Cast("input", input, OnnxElementType.Float);
            scale = Cast("float_scale", scale, OnnxElementType.Float);
            shift = Cast("float_shift", shift, OnnxElementType.Float);
        }
        if (!isImage)
            input = Node("Reshape", "rows", input, RowShape(names));
        Append(input, scale, shift, output);
        if (!isImage)
            output = Node("Reshape", "restored", output, Node("Shape", "input_shape", norm.Input[0]));
        if (!isFloat)
            output = Cast("output", output, type);
        if (output != norm.Output[0])
            nodes.Add(OnnxNode.Of("Identity", [output], norm.Output[0]));
    }

    private void Append(string input, string givenScale, string givenShift, string output)
    {
        var (mean, square) = (names.Mean(number), names.Square(number));
        var squared = Node("Mul", "squared", input, input);
        Average(input, mean);
        Average(squared, square);
        // The input's own 1 / sqrt(variance + epsilon); rounding may make the variance less than nothing.
        var variance = Node("Sub", "variance", square, Node("Mul", "mean_squared", mean, mean));
        var sum = Node("Add", "sum", Node("Relu", "positive", variance), Epsilon(names, number));
        var factor = Node("Reciprocal", "factor", Node("Sqrt", "deviation", sum));
        mean = Choose(mean, names.GivenMean(number));
        factor = Choose(factor, names.GivenFactor(number));
        var normalized = Node("Mul", "normalized", Node("Sub", "centered", input, mean), factor);
        var scaled = Node("Mul", "scaled", normalized, Node("Reshape", "scale", givenScale, ChannelShape(names)));
        var shift = Node("Reshape", "shift", givenShift, ChannelShape(names));
        nodes.Add(OnnxNode.Of("Add", [scaled, shift], output));
    }

    private string Cast(string output, string input, OnnxElementType type)
    {
        nodes.Add(OnnxNode.Of("Cast", [input], _name + output, OnnxAttribute.Integer("to", (int)type)));
        return _name + output;
    }

    private string Node(string type, string output, params ImmutableArray<string> inputs)
    {
        nodes.Add(OnnxNode.Of(type, inputs, _name + output));
        return _name + output;
    }

    // own + is_given * (given - own): older versions have no choice between two tensors.
    private string Choose(string own, string given)
    {
        nodes.Add(OnnxNode.Of("Sub", [given, own], given + "/difference"));
        nodes.Add(OnnxNode.Of("Mul", [given + "/difference", names.IsGiven(number)], given + "/change"));
        nodes.Add(OnnxNode.Of("Add", [own, given + "/change"], given + "/chosen"));
        return given + "/chosen";
    }

    // From opset 18 on, the axes are an input.
    private void Average(string input, string output) =>
        nodes.Add(
            opset >= 18
                ? OnnxNode.Of("ReduceMean", [input, Axes(names)], output)
                : OnnxNode.Of("ReduceMean", [input], output, OnnxAttribute.Integers("axes", 2, 3))
        );
}
