using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Export.Tests;

/// <summary>Models made by ONNX's own Python library are read as that library describes them.</summary>
public sealed class OnnxModelInfoTests
{
    [Fact]
    public void Reads_inputs_without_weights_subgraphs_domains_and_external_data()
    {
        Assert.SkipWhen(PythonOracle.WhyMissing("onnx") is not null, PythonOracle.WhyMissing("onnx") ?? "");
        using var folder = new TemporaryFolder();
        PythonOracle.Run(
            """
            import sys
            import numpy as np, onnx
            from onnx import helper as h, TensorProto as T, numpy_helper
            w = numpy_helper.from_array(np.ones((2, 3, 1, 1), np.float32), "w")
            branch = h.make_graph([h.make_node("Secret", [], ["s"], domain="evil.domain")], "branch", [], [h.make_tensor_value_info("s", T.FLOAT, None)])
            nodes = [h.make_node("Conv", ["x", "w"], ["y"]), h.make_node("Relu", ["y"], ["z"], domain="ai.onnx"), h.make_node("If", ["c"], ["r"], then_branch=branch, else_branch=branch)]
            graph = h.make_graph(nodes, "old style", [h.make_tensor_value_info("x", T.FLOAT16, ["batch", 3, None, 640]), h.make_tensor_value_info("w", T.FLOAT, [2, 3, 1, 1]), h.make_tensor_value_info("c", T.BOOL, [])],
                                 [h.make_tensor_value_info("z", T.FLOAT, ["batch", 2, "h", "w"]), h.make_tensor_value_info("r", T.FLOAT, None)], [w])
            model = h.make_model(graph, producer_name="somebody", producer_version="2.1", opset_imports=[h.make_opsetid("", 11), h.make_opsetid("com.microsoft", 1)])
            h.set_model_props(model, {"author": "größe", "empty": ""})
            onnx.save(model, sys.argv[1] + "/plain.onnx")
            onnx.save(model, sys.argv[1] + "/external.onnx", save_as_external_data=True, location="weights.bin", size_threshold=0)
            """,
            folder.Path
        );

        var info = OnnxModelInfo.Read(folder.File("plain.onnx"));

        Assert.Equal(["x: float16 [batch, 3, ?, 640]", "c: bool []"], info.Inputs.Select(input => input.ToString()));
        Assert.Equal(
            ["z: float [batch, 2, h, w]", "r: float of any shape"],
            info.Outputs.Select(output => output.ToString())
        );
        Assert.Equal(
            ["Conv x 1", "If x 1", "Relu x 1", "evil.domain:Secret x 2"],
            info.Operators.Select(use => $"{use.Key} x {use.Value}")
        );
        Assert.Equal(["com.microsoft", "evil.domain"], info.ForeignDomains);
        Assert.Equal(11, info.Opset);
        Assert.Equal(1, info.Opsets["com.microsoft"]);
        Assert.Equal("somebody 2.1", info.Producer);
        Assert.Equal("old style", info.GraphName);
        Assert.Equal(new Dictionary<string, string> { ["author"] = "größe", ["empty"] = "" }, info.Metadata);
        Assert.Null(info.ExternalTensor);
        Assert.Null(info.Card);
        Assert.Equal("w", OnnxModelInfo.Read(folder.File("external.onnx")).ExternalTensor);
    }

    [Fact]
    public void Reads_our_own_files()
    {
        var graph = NetworkCatalog.Create(
            new NetworkOptions
            {
                Architecture = "resnet-2",
                Filters = 4,
                Size = 32,
            }
        );
        using var model = new Exported(graph, new());
        Assert.Equal(17, model.Info.Opset);
        Assert.Equal(8, model.Info.IrVersion);
        Assert.Empty(model.Info.ForeignDomains);
        Assert.Null(model.Info.ExternalTensor);
        Assert.Equal(new FileInfo(model.Path).Length, model.Info.FileLength);
        Assert.StartsWith("MlNetImageTranslation ", model.Info.Producer, StringComparison.Ordinal);
        Assert.Equal(graph.Layers.Count(layer => layer is ConvolutionLayer), model.Count("Conv"));
    }

    [Fact]
    public void Files_that_are_not_there_or_no_models_are_named()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("not-a-model.onnx");
        Assert.Contains(path, Assert.Throws<FileNotFoundException>(() => OnnxModelInfo.Read(path)).Message);
        File.WriteAllBytes(path, []);
        Assert.Contains("0 bytes", Assert.Throws<FormatException>(() => OnnxModelInfo.Read(path)).Message);
        File.WriteAllText(path, "<html>this is no model</html>");
        var message = Assert.Throws<FormatException>(() => OnnxModelInfo.Read(path)).Message;
        Assert.Contains(path, message);
        Assert.Contains("web page", message);
        File.WriteAllText(path, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 7\n");
        Assert.Contains("Git LFS pointer", Assert.Throws<FormatException>(() => OnnxModelInfo.Read(path)).Message);
        File.WriteAllBytes(path, [0x80, 2, 0x8a, 10]);
        Assert.Contains(path, Assert.Throws<PyTorchCheckpointException>(() => OnnxModelInfo.Read(path)).Message);
    }

    [Theory]
    [InlineData("\u0018\0\0\0ORTM\0\0", "ONNX Runtime's own format")]
    [InlineData("\u001c\0\0\0TFL3\0\0", "TensorFlow Lite")]
    [InlineData("\u0089PNG\r\n\u001a\n", "image (PNG)")]
    [InlineData("\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF", "image (JPEG)")]
    [InlineData("RIFF\0\0\0\0WEBPVP8 ", "image (WebP)")]
    [InlineData("\u0008\0\0\0\0\0\0\0{}      ", "safetensors file, which has to be imported")]
    [InlineData("\u0080\u0004\u0095\u000a", "PyTorch checkpoint, which has to be imported")]
    [InlineData("\u0008\u0008:\u00c8\u0001\n", "cut short")]
    public void Files_of_other_kinds_are_called_what_they_are(string latin1, string expected)
    {
        byte[] content = System.Text.Encoding.Latin1.GetBytes(latin1);
        Assert.Contains(expected, Assert.ThrowsAny<FormatException>(() => OnnxModelInfo.Read(content)).Message);
        // The same, hundreds of bytes before an archive's own mark.
        var tar = new byte[512];
        "ustar"u8.CopyTo(tar.AsSpan(257));
        Assert.Contains("archive", Assert.ThrowsAny<FormatException>(() => OnnxModelInfo.Read(tar)).Message);
    }

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 4711\n", "Git LFS pointer")]
    [InlineData("<!DOCTYPE html><html><title>Sign in</title></html>", "web page (HTML), 'Sign in'")]
    public void What_a_failed_download_left_is_called_what_it_is(string content, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("model.onnx"), content);
        var error = Assert.Throws<FormatException>(() => OnnxModelInfo.Read(folder.File("model.onnx")));
        Assert.Contains(expected, error.Message);
    }
}
