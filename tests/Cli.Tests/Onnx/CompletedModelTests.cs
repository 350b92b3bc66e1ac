using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Cli.Tests;

/// <summary>A model with its weights in another file and a function of its own, on the command line.</summary>
public sealed class CompletedModelTests
{
    // 255 - x, with 255 beside the file.
    private const string Script = """
        import sys, numpy as np, onnx
        from onnx import helper as h, TensorProto as T, numpy_helper as n
        nchw = ['N', 3, 'H', 'W']
        value = lambda name: h.make_tensor_value_info(name, T.FLOAT, nchw)
        own = [h.make_opsetid('', 17), h.make_opsetid('own', 1)]
        f = h.make_function('own', 'Invert', ['x', 'top'], ['y'], [h.make_node('Sub', ['top', 'x'], ['y'])], own)
        g = h.make_graph([h.make_node('Invert', ['x', 'top'], ['y'], domain='own')], 'g', [value('x')], [value('y')], [n.from_array(np.float32([255]), 'top')])
        m = h.make_model(g, opset_imports=own, functions=[f], ir_version=8)
        onnx.save_model(m, sys.argv[1], save_as_external_data=True, location='weights.bin', size_threshold=0)
        """;

    [Fact]
    public async Task Is_described_and_run()
    {
        string? why = PythonOracle.WhyMissing("onnx", "numpy");
        Assert.SkipWhen(why is not null, why ?? "");
        using var folder = new TemporaryFolder();
        string model = folder.File("m.onnx");
        PythonOracle.Run(Script, model);
        var (code, output, _) = await Imt.RunAsync("onnx", "check", model, "--pixel-range", "0..255");
        Assert.Equal(0, code);
        Assert.Contains("functions    own:Invert", output);
        Assert.Contains("values lie in other files, those of 'top' first", output);
        Assert.DoesNotContain("not ONNX's own", output);
        var image = new RgbImage(2, 1, [0, 10, 20, 100, 200, 255]);
        ImageEncoder.Save(image, folder.File("in.png"));
        string[] translate = ["translate", "--model", model, "--pixel-range", "0..255", "--device", "cpu", "--input"];
        (code, _, _) = await Imt.RunAsync([.. translate, folder.File("in.png"), "--output", folder.File("out.png")]);
        Assert.Equal(0, code);
        Assert.Equal([255, 245, 235, 155, 55, 0], ImageDecoder.Decode(folder.File("out.png")).Pixels);

        File.Delete(folder.File("weights.bin"));
        (code, output, _) = await Imt.RunAsync("onnx", "check", model, "--pixel-range", "0..255");
        Assert.Equal(1, code);
        Assert.Contains("Tensor 'top' lies in", output);
        (code, _, string error) = await Imt.RunAsync([.. translate, folder.File("in.png"), "--output", "none.png"]);
        Assert.Equal(2, code);
        Assert.Contains("there is no such file", error);
    }
}
