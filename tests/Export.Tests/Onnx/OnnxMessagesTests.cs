using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Export.Tests;

/// <summary>Models that are read and written again, by way of the messages made from onnx.proto.</summary>
public sealed class OnnxMessagesTests
{
    [Fact]
    public void What_onnx_proto_does_not_name_is_kept()
    {
        Assert.SkipWhen(PythonOracle.WhyMissing("onnx") is not null, PythonOracle.WhyMissing("onnx") ?? "");
        using var folder = new TemporaryFolder();
        PythonOracle.Run(
            """
            import sys
            import onnx
            from onnx import helper as h, TensorProto as T
            node = h.make_node("Custom", ["x", ""], ["y"], name="n", doc_string="node", a=0, b=0.0, c="", d=[1.5, -2.0], e=["p", "q"], f=[])
            double = h.make_tensor("d", T.DOUBLE, [2], [1.0, 2.0])
            text = h.make_tensor("t", T.STRING, [1], [b"text"])
            graph = h.make_graph([node], "g", [h.make_tensor_value_info("x", T.FLOAT, [1, "n"], doc_string="input")], [h.make_tensor_value_info("y", T.FLOAT, None)], [double, text], doc_string="graph")
            model = h.make_model(graph, producer_name="p", doc_string="model", model_version=7, domain="example")
            model.training_info.add().algorithm.name = "training"
            onnx.save(model, sys.argv[1])
            """,
            folder.File("model.onnx")
        );

        File.WriteAllBytes(
            folder.File("again.onnx"),
            OnnxMessages.ToArray(OnnxMessages.Parse(File.ReadAllBytes(folder.File("model.onnx"))))
        );

        Assert.Equal(
            "True",
            PythonOracle
                .Run(
                    "import sys, onnx; print(onnx.load(sys.argv[1]) == onnx.load(sys.argv[2]))",
                    folder.File("model.onnx"),
                    folder.File("again.onnx")
                )
                .Trim()
        );
    }

    [Fact]
    public void Weights_are_wrapped_and_not_copied()
    {
        float[] values = [1, 2];
        var tensor = OnnxTensor.Float("w", [2], values);
        values[1] = 3;
        Assert.Equal(BitConverter.GetBytes(3f), tensor.RawData.Span[4..].ToArray());
    }

    [Fact]
    public void Models_beyond_2_GiB_are_refused_before_anything_is_written()
    {
        var model = new ModelProto { Graph = new() };
        var values = new float[1 << 27];
        for (int i = 0; i < 5; i++)
            model.Graph.Initializer.Add(OnnxTensor.Float($"w{i}", [values.Length], values));
        using var stream = new MemoryStream();
        Assert.Throws<OverflowException>(() => OnnxMessages.Write(model, stream));
        Assert.Equal(0, stream.Length);
        // 2 GiB exactly, of which the weights alone are 1 byte over what a file may have.
        model.Graph.Initializer.RemoveAt(4);
        Assert.Throws<OverflowException>(() => OnnxMessages.ToArray(model));
    }

    [Fact]
    public void Tensors_whose_values_do_not_fit_their_shape_are_refused() =>
        Assert.Contains(
            "expected 24",
            Assert.Throws<InvalidOperationException>(() => OnnxTensor.Float("w", [2, 3], [1])).Message
        );
}
