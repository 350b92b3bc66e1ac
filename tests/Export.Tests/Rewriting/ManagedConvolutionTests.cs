namespace MlNetImageTranslation.Export.Tests;

/// <summary>
/// Which convolutions are rewritten to <see cref="ManagedOperator"/>, and how. The library that runs models has the
/// operator, and the tests of what it gives.
/// </summary>
public sealed class ManagedConvolutionTests
{
    [Theory]
    [InlineData(3, 1, false)]
    [InlineData(4, 1, false)]
    [InlineData(3, 2, false)]
    [InlineData(4, 2, false)]
    [InlineData(3, 1, true)]
    [InlineData(4, 1, true)]
    [InlineData(3, 2, true)]
    [InlineData(4, 2, true)]
    public void Kernels_of_3_and_4_with_strides_of_1_and_2_fit(int kernel, int stride, bool transposed)
    {
        var node = Node(Sided(kernel, stride, transposed) with { Pads = [0, 1, 2, 3] }, threads: 3);
        Assert.Equal(["x", "w", "b"], node.Input);
        Assert.Equal(["y"], node.Output);
        Assert.Equal(
            [
                ("bottom", 2),
                ("input_channels", 5),
                ("kernel", kernel),
                ("left", 1),
                ("output_channels", 7),
                ("reflects", 0),
                ("right", 3),
                ("slope", 1),
                ("stride", stride),
                ("threads", 3),
                ("top", 0),
                ("transposed", transposed ? 1 : 0),
            ],
            node.Attribute.OrderBy(one => one.Name, StringComparer.Ordinal)
                .Select(one => (one.Name, one.Name == "slope" ? one.F : one.I))
        );
    }

    [Fact]
    public void Without_a_bias_there_are_two_inputs() =>
        Assert.Equal(["x", "w"], Node(new ConvolutionModel(5, 7) { Bias = false }).Input);

    [Theory]
    [InlineData(5, 5, false)]
    [InlineData(2, 2, true)]
    [InlineData(3, 4, false)]
    [InlineData(4, 3, true)]
    [InlineData(1, 1, false)]
    public void Other_kernels_stay(int rows, int columns, bool transposed) =>
        AssertStays(new ConvolutionModel(4, 4) { Kernel = [rows, columns], Transposed = transposed });

    [Theory]
    [InlineData("strides", 1, 2, false)]
    [InlineData("strides", 2, 1, true)]
    [InlineData("strides", 3, 3, false)]
    [InlineData("strides", 3, 3, true)]
    [InlineData("dilations", 2, 2, false)]
    [InlineData("dilations", 1, 2, true)]
    [InlineData("output_shape", 18, 18, true)]
    public void Other_settings_stay(string attribute, int first, int second, bool transposed) =>
        AssertStays(
            new ConvolutionModel(4, 4)
            {
                Transposed = transposed,
                Attributes = [OnnxAttribute.Integers(attribute, first, second)],
            }
        );

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Groups_stay(bool transposed) =>
        AssertStays(
            new ConvolutionModel(4, 4) { Transposed = transposed, Attributes = [OnnxAttribute.Integer("group", 2)] }
        );

    [Theory]
    [InlineData("SAME_UPPER", 1, 1, 2, 2)]
    [InlineData("SAME_LOWER", 2, 2, 1, 1)]
    [InlineData("VALID", 0, 0, 0, 0)]
    public void Padding_by_name(string name, params int[] pads)
    {
        AttributeProto[] attributes = [OnnxAttribute.Text("auto_pad", name)];
        var model = new ConvolutionModel(4, 4) { Kernel = [4, 4], Attributes = attributes };
        Assert.Equal(pads, Pads(Node(model)));
        AssertStays(model with { Transposed = true });
    }

    [Theory]
    // The kernel of 3 has a row that it shares with the next pixel: one more row is under it.
    [InlineData(3, 0, 1, new[] { 0, 0, -1, -1 })]
    [InlineData(3, 1, 1, new[] { 1, 1, 0, 0 })]
    [InlineData(4, 1, 1, new[] { 1, 1, 0, 0 })]
    [InlineData(4, 0, 1, null)]
    [InlineData(3, 0, 2, null)]
    public void Output_padding_that_kernels_reach_fits(int kernel, int pad, int added, int[]? expected)
    {
        var model = new ConvolutionModel(4, 4)
        {
            Transposed = true,
            Kernel = [kernel, kernel],
            Pads = [pad, pad, pad, pad],
            Attributes = [OnnxAttribute.Integers("output_padding", added, added)],
        };
        if (expected is null)
            AssertStays(model);
        else
            Assert.Equal(expected, Pads(Node(model)));
    }

    [Fact]
    public void Weights_of_16_bits_are_read_where_they_are_widened()
    {
        var model = new ConvolutionModel(4, 6).Build();
        var weight = model.Graph.Initializer.Single(tensor => tensor.Name == "w");
        model.Graph.Initializer.Remove(weight);
        model.Graph.Initializer.Add(OnnxTensor.Float16("half", [6, 4, 3, 3], RandomNetworks.Input(6 * 4 * 9)));
        model.Graph.Node.Insert(0, OnnxNode.Of("Cast", ["half"], "w", OnnxAttribute.Integer("to", 1)));
        var graph = Rewrite(model)!.Graph;
        Assert.Equal(["Cast", ManagedOperator.Type], graph.Node.Select(node => node.OpType));
        Assert.Equal(["x", "w", "b"], graph.Node[1].Input);
        Assert.Contains(graph.Initializer, tensor => tensor.Name == "half");
    }

    [Fact]
    public void A_bias_of_another_length_is_left_to_the_runtime()
    {
        var model = new ConvolutionModel(4, 6).Build();
        model.Graph.Initializer.Remove(model.Graph.Initializer.Single(tensor => tensor.Name == "b"));
        model.Graph.Initializer.Add(OnnxTensor.Float("b", [5], new float[5]));
        Assert.Null(Rewrite(model));
    }

    [Theory]
    [InlineData("Relu", null, 0f)]
    [InlineData("LeakyRelu", null, 0.01f)]
    [InlineData("LeakyRelu", 0.2f, 0.2f)]
    [InlineData("LeakyRelu", 1f, 1f)]
    public void An_activation_is_computed_along(string type, float? alpha, float slope)
    {
        var activation = OnnxNode.Of(type, ["c"], "r");
        if (alpha is { } value)
            activation.Attribute.Add(OnnxAttribute.Float("alpha", value));
        var graph = Rewrite(After(activation, OnnxNode.Of("Tanh", ["r"], "y")))!.Graph;
        Assert.Equal([ManagedOperator.Type, "Tanh"], graph.Node.Select(node => node.OpType));
        Assert.Equal(["r"], graph.Node[0].Output);
        Assert.Equal(slope, graph.Node[0].Find(ManagedOperator.Slope)!.F);
    }

    [Fact]
    public void An_activation_beside_another_reader_stays()
    {
        var graph = Rewrite(After(OnnxNode.Of("Relu", ["c"], "r"), OnnxNode.Of("Add", ["r", "c"], "y")))!.Graph;
        Assert.Equal([ManagedOperator.Type, "Relu", "Add"], graph.Node.Select(node => node.OpType));
        AssertNone(graph.Node[0]);
    }

    [Fact]
    public void An_activation_of_an_output_stays()
    {
        var model = After(OnnxNode.Of("Relu", ["c"], "y"));
        model.Graph.Output.Add(OnnxValue.Of(new("c", OnnxElementType.Float, ["N", 7, "H2", "W2"])));
        var graph = Rewrite(model)!.Graph;
        Assert.Equal([ManagedOperator.Type, "Relu"], graph.Node.Select(node => node.OpType));
        AssertNone(graph.Node[0]);
    }

    [Theory]
    [InlineData(-0.5f)]
    [InlineData(1.5f)]
    [InlineData(float.NaN)]
    public void An_activation_that_is_no_larger_of_two_stays(float alpha)
    {
        var activation = OnnxNode.Of("LeakyRelu", ["c"], "y", OnnxAttribute.Float("alpha", alpha));
        var graph = Rewrite(After(activation))!.Graph;
        Assert.Equal([ManagedOperator.Type, "LeakyRelu"], graph.Node.Select(node => node.OpType));
        AssertNone(graph.Node[0]);
    }

    [Fact]
    public void An_activation_inside_of_a_branch_stays()
    {
        var model = After(OnnxNode.Of("If", ["yes"], "y"));
        model.Graph.Initializer.Add(
            new TensorProto
            {
                Name = "yes",
                DataType = 9,
                Int32Data = { 1 },
            }
        );
        foreach (string branch in new[] { "then_branch", "else_branch" })
            model
                .Graph.Node[1]
                .Attribute.Add(
                    new AttributeProto
                    {
                        Name = branch,
                        Type = AttributeProto.Types.AttributeType.Graph,
                        G = new GraphProto
                        {
                            Name = branch,
                            Node =
                            {
                                branch[0] == 't' ? OnnxNode.Of("Relu", ["c"], "r") : OnnxNode.Of("Neg", ["x"], "r"),
                            },
                            Output = { OnnxValue.Of(new("r", OnnxElementType.Float, default)) },
                        },
                    }
                );
        var graph = Rewrite(model)!.Graph;
        Assert.Equal(["c"], graph.Node[0].Output);
        AssertNone(graph.Node[0]);
    }

    [Fact]
    public void A_bias_before_an_instance_norm_is_left_out()
    {
        var model = After(OnnxNode.Of("InstanceNormalization", ["c", "one", "zero"], "y"));
        model.Graph.Initializer.Add([
            OnnxTensor.Float("one", [7], new float[7]),
            OnnxTensor.Float("zero", [7], new float[7]),
        ]);
        var graph = Rewrite(model)!.Graph;
        Assert.Equal(["x", "w"], graph.Node[0].Input);
        Assert.DoesNotContain(graph.Initializer, tensor => tensor.Name == "b");
    }

    [Fact]
    public void The_domain_is_imported_once()
    {
        var model = After(
            OnnxNode.Of("Conv", ["c", "w2"], "y", OnnxAttribute.Integers("pads", 1, 1, 1, 1)),
            OnnxNode.Of("Identity", ["c"], "other")
        );
        model.Graph.Initializer.Add(OnnxTensor.Float("w2", [3, 7, 3, 3], RandomNetworks.Input(3 * 7 * 9)));
        var rewritten = Rewrite(model)!;
        Assert.Equal(2, rewritten.Graph.Node.Count(node => node.Domain == ManagedOperator.Domain));
        Assert.Equal(
            [("", 17L), (ManagedOperator.Domain, 1L)],
            rewritten.OpsetImport.Select(import => (import.Domain, import.Version))
        );
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public void Weights_that_are_listed_as_inputs_become_constants(int version)
    {
        var model = new ConvolutionModel(5, 7).Build();
        model.IrVersion = version;
        model.Graph.Input.Add(OnnxValue.Of(new("w", OnnxElementType.Float, [7, 5, 3, 3])));
        var rewritten = Rewrite(model)!;
        Assert.Equal(["x"], rewritten.Graph.Input.Select(input => input.Name));
        Assert.Equal(Math.Max(version, 4), rewritten.IrVersion);
    }

    [Fact]
    public void Factors_that_would_grow_the_model_beyond_what_is_allowed_are_not_made()
    {
        // 36 factors of 4 bytes for each pair of channels, in whole groups.
        const long growth = 36 * 4 * 112 * 128;
        var model = new ConvolutionModel(100, 120);
        Assert.Null(Limited(model, growth - 1));
        Assert.Equal(1, Limited(model, growth)?.Convolutions);
        // Those of as many channels are not held.
        Assert.Equal(1, Limited(new ConvolutionModel(256, 256), 0)?.Convolutions);

        static CpuModel? Limited(ConvolutionModel model, long growth) =>
            CpuModel.Rewrite(OnnxMessages.ToArray(model.Build()), new(64, 64), growth, 1, Everything);
    }

    [Theory]
    [InlineData(11, "reflect", new long[] { 0, 0, 1, 1, 0, 0, 1, 1 }, true)]
    [InlineData(11, "reflect", new long[] { 0, 0, 1, 0, 0, 0, 0, 1 }, true)]
    [InlineData(10, "reflect", new long[] { 0, 0, 1, 1, 0, 0, 1, 1 }, true)]
    [InlineData(11, "reflect", new long[] { 0, 0, 2, 2, 0, 0, 2, 2 }, false)]
    [InlineData(11, "reflect", new long[] { 0, 1, 1, 1, 0, 0, 1, 1 }, false)]
    [InlineData(11, "edge", new long[] { 0, 0, 1, 1, 0, 0, 1, 1 }, false)]
    public void Reflected_pixels_are_read_by_the_convolution(int opset, string mode, long[] widths, bool taken)
    {
        var model = Padded(opset, mode, widths);
        var nodes = Rewrite(model)!.Graph.Node;
        Assert.Equal(taken ? 1 : 2, nodes.Count);
        var node = nodes[^1];
        Assert.Equal(taken ? "x" : "padded", node.Input[0]);
        Assert.Equal(taken ? 1 : 0, node.Find(ManagedOperator.Reflects)!.I);
        int[] expected = taken ? [(int)widths[2], (int)widths[3], (int)widths[6], (int)widths[7]] : [0, 0, 0, 0];
        Assert.Equal(expected, Pads(node));
    }

    [Fact]
    public void Reflected_pixels_that_others_read_stay()
    {
        var model = Padded(11, "reflect", [0, 0, 1, 1, 0, 0, 1, 1]);
        model.Graph.Output.Add(OnnxValue.Of(new("padded", OnnxElementType.Float, [.. new OnnxDimension[4]])));
        Assert.Equal("padded", Rewrite(model)!.Graph.Node[^1].Input[0]);
    }

    [Fact]
    public void A_convolution_with_zeros_around_the_reflections_leaves_them()
    {
        var model = Padded(11, "reflect", [0, 0, 1, 1, 0, 0, 1, 1]);
        model.Graph.Node[^1].Find("pads")!.Ints[0] = 1;
        Assert.Equal("padded", Rewrite(model)!.Graph.Node[^1].Input[0]);
    }

    // By measurements of ONNX Runtime's kernels beside our own.
    [Theory]
    [InlineData(true, 3, 1, false, 256, 256, 64)]
    [InlineData(true, 3, 1, false, 64, 64, 128)]
    [InlineData(true, 4, 2, true, 256, 64, 64)]
    [InlineData(true, 4, 2, true, 56, 14, 32)]
    [InlineData(true, 4, 2, false, 128, 256, 64)]
    [InlineData(false, 4, 2, false, 512, 512, 16)]
    [InlineData(false, 4, 2, true, 224, 112, 4)]
    [InlineData(false, 4, 2, true, 28, 3, 64)]
    [InlineData(true, 3, 2, false, 128, 256, 128)]
    [InlineData(false, 3, 2, false, 8, 16, 64)]
    public void Only_what_pays_is_rewritten(
        bool pays,
        int kernel,
        int stride,
        bool transposed,
        int inputs,
        int outputs,
        int side
    )
    {
        var model = Sided(kernel, stride, transposed) with { Inputs = inputs, Outputs = outputs, Pads = [1, 1, 1, 1] };
        Assert.Equal(pays, IsManaged(hasManaged: true));
        Assert.False(IsManaged(hasManaged: false));

        bool IsManaged(bool hasManaged) =>
            CpuModel.Rewrite(OnnxMessages.ToArray(model.Build()), new(side, side), long.MaxValue, 1, hasManaged)
                is { } rewritten
            && OnnxMessages.Parse(rewritten.Bytes).Graph.Node.Any(node => node.Domain == ManagedOperator.Domain);
    }

    private static ConvolutionModel Sided(int kernel, int stride, bool transposed) =>
        new(5, 7)
        {
            Kernel = [kernel, kernel],
            Transposed = transposed,
            Attributes = [OnnxAttribute.Integers("strides", stride, stride)],
        };

    private static ModelProto Padded(int opset, string mode, long[] widths)
    {
        var model = new ConvolutionModel(5, 7) { Pads = [0, 0, 0, 0] }.Build();
        var pad = OnnxNode.Of("Pad", ["x"], "padded", OnnxAttribute.Text("mode", mode));
        if (opset < 11)
            pad.Attribute.Add(OnnxAttribute.Integers("pads", [.. widths]));
        else
        {
            pad.Input.Add("widths");
            model.Graph.Initializer.Add(OnnxTensor.Integers("widths", [.. widths]));
        }
        model.OpsetImport[0].Version = opset;
        model.Graph.Node[0].Input[0] = "padded";
        model.Graph.Node.Insert(0, pad);
        return model;
    }

    private static ModelProto After(params NodeProto[] after) => new ConvolutionModel(5, 7) { After = after }.Build();

    private static int[] Pads(NodeProto node) =>
        [
            .. new[]
            {
                ManagedOperator.Top,
                ManagedOperator.Left,
                ManagedOperator.Bottom,
                ManagedOperator.Right,
            }.Select(name => (int)node.Find(name)!.I),
        ];

    private static void AssertNone(NodeProto node) => Assert.Equal(1, node.Find(ManagedOperator.Slope)!.F);

    private static void AssertStays(ConvolutionModel model) => Assert.Null(Rewrite(model.Build()));

    private static NodeProto Node(ConvolutionModel model, int threads = 1)
    {
        var node = Assert.Single(Rewrite(model.Build(), threads)!.Graph.Node);
        Assert.Equal((ManagedOperator.Domain, ManagedOperator.Type), (node.Domain, node.OpType));
        return node;
    }

    private static ModelProto? Rewrite(ModelProto model, int threads = 1) =>
        CpuModel.Rewrite(OnnxMessages.ToArray(model), new(16, 16), long.MaxValue, threads, Everything) is { } rewritten
            ? OnnxMessages.Parse(rewritten.Bytes)
            : null;

    private static ConvolutionForm Everything(ConvolutionNode convolution, long height, long width) =>
        ManagedConvolution.Fits(convolution) ? ConvolutionForm.Managed : ConvolutionForm.Direct;
}
