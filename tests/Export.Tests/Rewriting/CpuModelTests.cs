namespace MlNetImageTranslation.Export.Tests;

/// <summary>
/// Rewritten convolutions give what ONNX Runtime's own give, to 1e-5 of the sum of the magnitudes of what is summed up,
/// which ONNX Runtime computes too: the convolution of magnitudes.
/// </summary>
public sealed class CpuModelTests
{
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData(1, 3, 5)]
    [InlineData(1, 4, 4)]
    [InlineData(2, 8, 12)]
    [InlineData(1, 6, 7)]
    [InlineData(3, 17, 9)]
    [InlineData(1, 1, 1)]
    [InlineData(2, 2, 31)]
    [InlineData(1, 64, 64)]
    [InlineData(1, 65, 66)]
    public void Any_size_and_batch(int batch, int height, int width) =>
        AssertSame(new ConvolutionModel(5, 7), batch, height, width);

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 0, 0, 1)]
    [InlineData(0, 2, 3, 0)]
    [InlineData(4, 5, 6, 7)]
    public void Any_padding(int top, int left, int bottom, int right)
    {
        var model = new ConvolutionModel(4, 6) { Pads = [top, left, bottom, right] };
        foreach (var (height, width) in new[] { (12, 12), (3, 4), (13, 10) })
            AssertSame(model, 2, height, width);
    }

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(3, 64, true)]
    [InlineData(64, 3, true)]
    [InlineData(128, 96, false)]
    [InlineData(17, 33, true)]
    public void Any_channels_with_and_without_bias(int inputs, int outputs, bool bias) =>
        AssertSame(new ConvolutionModel(inputs, outputs) { Bias = bias }, 1, 18, 23);

    [Theory]
    [InlineData("VALID")]
    [InlineData("SAME_UPPER")]
    [InlineData("SAME_LOWER")]
    [InlineData("NOTSET")]
    public void Padding_by_name(string name)
    {
        AttributeProto[] attributes = [OnnxAttribute.Text("auto_pad", name)];
        AssertSame(new ConvolutionModel(3, 4) { Attributes = attributes }, 1, 9, 14);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(18)]
    [InlineData(20)]
    public void Any_operator_set_from_9_on(int opset)
    {
        var model = new ConvolutionModel(6, 5) { Opset = opset };
        AssertSame(model, 2, 10, 15);
        AssertSame(model, 1, 16, 8);
    }

    [Fact]
    public void Older_operator_sets_stay() =>
        Assert.Null(Rewrite(OnnxMessages.ToArray(new ConvolutionModel(6, 5) { Opset = 8 }.Build())));

    [Fact]
    public void Activations_and_sums_after_it_stay()
    {
        NodeProto[] after =
        [
            OnnxNode.Of("LeakyRelu", ["c"], "l", OnnxAttribute.Float("alpha", 0.1f)),
            OnnxNode.Of("Add", ["l", "x"], "y"),
        ];
        AssertSame(new ConvolutionModel(8, 8) { After = after }, 1, 11, 12);
    }

    [Fact]
    public void A_bias_before_an_instance_norm_changes_nothing()
    {
        var model = new ConvolutionModel(6, 1)
        {
            After = [OnnxNode.Of("InstanceNormalization", ["c", "one", "zero"], "y")],
        }.Build();
        model.Graph.Initializer.Add([OnnxTensor.Float("one", [1], [1]), OnnxTensor.Float("zero", [1], [0])]);
        AssertClose(model, RandomNetworks.Input(6 * 9 * 9), 1e-4, 1, 6, 9, 9);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("node")]
    [InlineData("half")]
    [InlineData("renamed")]
    [InlineData("half renamed")]
    public void Weights_in_every_form(string form)
    {
        var model = new ConvolutionModel(4, 6).Build();
        var weight = model.Graph.Initializer.Single(tensor => tensor.Name == "w");
        float[] values = [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(weight.RawData.Span)];
        switch (form)
        {
            case "list":
                weight.ClearRawData();
                weight.FloatData.Add(values);
                break;
            case "renamed":
                weight.Name = "v";
                model.Graph.Node.Insert(0, OnnxNode.Of("Identity", ["v"], "w"));
                break;
            case "node":
                model.Graph.Initializer.Remove(weight);
                model.Graph.Node.Insert(0, OnnxNode.Of("Constant", [], "w", OnnxAttribute.Tensor("value", weight)));
                break;
            default:
                model.Graph.Initializer.Remove(weight);
                var half = OnnxTensor.Float16("", [6, 4, 3, 3], values);
                model.Graph.Node.Insert(0, OnnxNode.Of("Constant", [], "h", OnnxAttribute.Tensor("value", half)));
                string widened = form == "half" ? "w" : "v";
                model.Graph.Node.Insert(1, OnnxNode.Of("Cast", ["h"], widened, OnnxAttribute.Integer("to", 1)));
                if (form != "half")
                    model.Graph.Node.Insert(2, OnnxNode.Of("Identity", ["v"], "w"));
                break;
        }
        AssertClose(model, RandomNetworks.Input(4 * 9 * 9), 1e-4, 1, 4, 9, 9);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public void Weights_that_are_listed_as_inputs(int version)
    {
        var model = new ConvolutionModel(4, 6).Build();
        model.IrVersion = version;
        model.Graph.Input.Add(OnnxValue.Of(new("w", OnnxElementType.Float, [6, 4, 3, 3])));
        model.Graph.Input.Add(OnnxValue.Of(new("b", OnnxElementType.Float, [6])));
        AssertClose(model, RandomNetworks.Input(4 * 9 * 9), 1e-4, 1, 4, 9, 9);
    }

    [Fact]
    public void Weights_that_something_else_reads_stay_and_others_go()
    {
        var model = new ConvolutionModel(4, 4).Build();
        Assert.DoesNotContain(Constants(model), name => name is "w" or "b");
        model.Graph.Node.Add(OnnxNode.Of("Identity", ["w"], "again"));
        Assert.Contains("w", Constants(model));
        static IEnumerable<string> Constants(ModelProto model) =>
            OnnxMessages
                .Parse(Rewrite(OnnxMessages.ToArray(model))!.Bytes)
                .Graph.Initializer.Select(tensor => tensor.Name);
    }

    [Theory]
    [InlineData("Conv", "x", "w")]
    [InlineData("Cast")]
    [InlineData("Identity")]
    public void Nodes_that_lack_what_they_must_have_are_left_to_the_runtime(string type, params string[] inputs)
    {
        var model = new ConvolutionModel(4, 4).Build();
        var broken = new NodeProto { OpType = type, Input = { inputs } };
        if (inputs.Length == 0)
            broken.Output.Add("z");
        broken.Attribute.Add(OnnxAttribute.Integer("to", (int)OnnxElementType.Float));
        model.Graph.Node.Add(broken);
        Assert.Equal(1, Rewrite(OnnxMessages.ToArray(model))?.Convolutions);
    }

    [Fact]
    public void Sides_whose_product_overflows_are_no_constant()
    {
        var model = new ConvolutionModel(4, 4).Build();
        // 4 bytes for each of 2^62 + 2048 values are 8192 bytes, modulo 2^64.
        var weight = model.Graph.Initializer[0];
        weight.Dims.Clear();
        weight.Dims.Add([43691L, 52232L, 45712L, 44208L]);
        weight.RawData = Google.Protobuf.ByteString.CopyFrom(new byte[8192]);
        Assert.Null(Rewrite(OnnxMessages.ToArray(model)));
    }

    [Theory]
    [InlineData("strides", 2)]
    [InlineData("dilations", 2)]
    public void Strides_and_dilations_stay(string attribute, int value)
    {
        AttributeProto[] attributes = [OnnxAttribute.Integers(attribute, value, value)];
        Assert.Null(Rewrite(OnnxMessages.ToArray(new ConvolutionModel(4, 4) { Attributes = attributes }.Build())));
    }

    [Fact]
    public void Groups_and_weights_that_are_no_constants_stay()
    {
        AttributeProto[] groups = [OnnxAttribute.Integer("group", 2)];
        Assert.Null(Rewrite(OnnxMessages.ToArray(new ConvolutionModel(4, 4) { Attributes = groups }.Build())));
        var model = new ConvolutionModel(4, 4).Build();
        model.Graph.Initializer[0].Name = "other";
        model.Graph.Node.Insert(0, OnnxNode.Of("Neg", ["other"], "w"));
        Assert.Null(Rewrite(OnnxMessages.ToArray(model)));
    }

    [Fact]
    public void Models_with_a_scan_stay()
    {
        var sum = new GraphProto
        {
            Name = "sum",
            Node = { OnnxNode.Of("Add", ["before", "one"], "after"), OnnxNode.Of("Identity", ["after"], "so_far") },
            Input = { Untold("before"), Untold("one") },
            Output = { Untold("after"), Untold("so_far") },
        };
        var scan = OnnxNode.Of("Scan", ["first", "c"], "last", OnnxAttribute.Integer("num_scan_inputs", 1));
        scan.Output.Add("y");
        scan.Attribute.Add(OnnxAttribute.Integers("scan_input_axes", 1));
        scan.Attribute.Add(OnnxAttribute.Integers("scan_output_axes", 1));
        scan.Attribute.Add(
            new AttributeProto
            {
                Name = "body",
                G = sum,
                Type = AttributeProto.Types.AttributeType.Graph,
            }
        );
        var first = OnnxNode.Of(
            "ReduceMean",
            ["c"],
            "first",
            OnnxAttribute.Integers("axes", 1),
            OnnxAttribute.Integer("keepdims", 0)
        );
        byte[] model = OnnxMessages.ToArray(new ConvolutionModel(4, 4) { After = [first, scan] }.Build());
        Assert.Equal(4 * 9 * 9, ConvolutionModel.Run(model, RandomNetworks.Input(4 * 9 * 9), 1, 4, 9, 9).Length);
        Assert.Null(Rewrite(model));

        static ValueInfoProto Untold(string name) => OnnxValue.Of(new(name, OnnxElementType.Float, default));
    }

    [Fact]
    public void Convolutions_of_16_bits_stay_beside_others()
    {
        NodeProto[] after =
        [
            OnnxNode.Of("Cast", ["c"], "narrow", OnnxAttribute.Integer("to", (int)OnnxElementType.Float16)),
            OnnxNode.Of("Conv", ["narrow", "half"], "second"),
            OnnxNode.Of("Cast", ["second"], "y", OnnxAttribute.Integer("to", (int)OnnxElementType.Float)),
        ];
        var model = new ConvolutionModel(4, 5) { After = after }.Build();
        model.Graph.Initializer.Add(OnnxTensor.Float16("half", [5, 5, 3, 3], RandomNetworks.Input(5 * 5 * 9, seed: 4)));
        AssertClose(model, RandomNetworks.Input(4 * 9 * 9), 0.05, 1, 4, 9, 9);
    }

    [Theory]
    [InlineData(3, 1, 1)]
    [InlineData(4, 1, 0)]
    [InlineData(2, 0, 0)]
    [InlineData(5, 2, 1)]
    [InlineData(6, 2, 0)]
    public void Transposed_convolutions_that_double_the_size(int kernel, int pad, int outputPadding)
    {
        var model = new ConvolutionModel(5, 7)
        {
            Transposed = true,
            Kernel = [kernel, kernel],
            Pads = [pad, pad, pad, pad],
            Attributes = [OnnxAttribute.Integers("output_padding", outputPadding, outputPadding)],
        };
        AssertSame(model, 2, 9, 6);
        AssertSame(model with { Bias = false, Opset = 9 }, 1, 1, 4);
    }

    [Fact]
    public void Transposed_convolutions_with_sides_of_their_own() =>
        AssertSame(
            new ConvolutionModel(4, 4)
            {
                Transposed = true,
                Kernel = [4, 3],
                Pads = [1, 1, 1, 0],
            },
            1,
            5,
            8
        );

    [Theory]
    [InlineData(4, 0)]
    [InlineData(3, 1)]
    public void Transposed_convolutions_to_other_sizes_stay(int kernel, int pad)
    {
        var model = new ConvolutionModel(4, 4)
        {
            Transposed = true,
            Kernel = [kernel, kernel],
            Pads = [pad, pad, pad, pad],
        };
        Assert.Null(Rewrite(OnnxMessages.ToArray(model.Build())));
    }

    [Theory]
    [InlineData(7, 7, 0)]
    [InlineData(9, 9, 4)]
    [InlineData(5, 1, 2)]
    [InlineData(2, 4, 1)]
    [InlineData(1, 1, 0)]
    public void Few_output_channels(int rows, int columns, int pad)
    {
        var model = new ConvolutionModel(6, 3) { Kernel = [rows, columns], Pads = [pad, 0, 0, pad] };
        foreach (var (height, width) in new[] { (12, 12), (11, 14), (9, 9) })
            AssertSame(model, 2, height, width);
        AssertSame(model with { Opset = 9, Bias = false }, 1, 13, 10);
    }

    [Theory]
    [InlineData("SAME_UPPER")]
    [InlineData("SAME_LOWER")]
    public void Even_kernels_padded_by_name(string name)
    {
        AttributeProto[] attributes = [OnnxAttribute.Text("auto_pad", name)];
        AssertSame(new ConvolutionModel(3, 2) { Attributes = attributes, Kernel = [4, 2] }, 1, 9, 14);
    }

    [Fact]
    public void Only_what_pays_is_rewritten()
    {
        Assert.Equal(1, Auto(256, 256, 64)?.Convolutions);
        Assert.Equal(1, Auto(128, 128, 128)?.Convolutions);
        Assert.Null(Auto(32, 32, 256));
        Assert.Equal(1, Auto(64, 1, 256)?.Convolutions);
        Assert.Null(Auto(3, 64, 256));
        Assert.Null(Auto(256, 256, 4));
        static CpuModel? Auto(int inputs, int outputs, int side) =>
            CpuModel.Rewrite(
                OnnxMessages.ToArray(new ConvolutionModel(inputs, outputs).Build()),
                new(side, side),
                long.MaxValue,
                threads: 1,
                hasManaged: false
            );
    }

    [Fact]
    public void Models_that_would_grow_beyond_what_is_allowed_stay()
    {
        var model = OnnxMessages.ToArray(new ConvolutionModel(256, 256).Build());
        // 27 more weights of 4 bytes for each pair of channels.
        const long growth = 27 * 4 * 256 * 256;
        Assert.Null(CpuModel.Rewrite(model, new(64, 64), growth - 1, threads: 2, hasManaged: false));
        var rewritten = CpuModel.Rewrite(model, new(64, 64), growth, threads: 2, hasManaged: false);
        Assert.InRange(rewritten!.Bytes.Length - model.Length, growth, growth + 20000);
        // 36 values of 4 bytes for 16 pixels, of 512 channels.
        Assert.Equal(36 * 4 * 512 / 16, rewritten.AddedBytesPerPixel);
    }

    private static CpuModel? Rewrite(byte[] model, bool severalThreads = false) =>
        CpuModel.Rewrite(
            model,
            new(16, 16),
            long.MaxValue,
            severalThreads ? 2 : 1,
            ConvolutionModel.EverythingThatFits
        );

    private static void AssertSame(ConvolutionModel model, int batch, int height, int width)
    {
        float[] input = RandomNetworks.Input(batch * model.Inputs * height * width);
        long[] shape = [batch, model.Inputs, height, width];
        float[] magnitudes = ConvolutionModel.Run(
            OnnxMessages.ToArray(model.Build(Math.Abs)),
            Array.ConvertAll(input, Math.Abs),
            shape
        );
        AssertClose(model.Build(), input, Tolerance * magnitudes.Max(), shape);
    }

    private static void AssertClose(ModelProto model, float[] input, double tolerance, params long[] shape)
    {
        var bytes = OnnxMessages.ToArray(model);
        float[] expected = ConvolutionModel.Run(bytes, input, shape);
        foreach (bool severalThreads in new[] { false, true })
        {
            var rewritten = Rewrite(bytes, severalThreads);
            Assert.Equal(1, rewritten?.Convolutions);
            float[] actual = ConvolutionModel.Run(rewritten!.Bytes, input, shape);
            Assert.Equal(expected.Length, actual.Length);
            for (int i = 0; i < expected.Length; i++)
                Assert.InRange(Math.Abs(expected[i] - actual[i]), 0, tolerance);
        }
    }
}
