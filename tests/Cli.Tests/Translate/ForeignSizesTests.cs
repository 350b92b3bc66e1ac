using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Cli.Tests;

/// <summary>Third-party models whose sizes the command line finds, or asks for by its own option.</summary>
public sealed class ForeignSizesTests
{
    private const string Script = """
        import sys, numpy as np, onnx
        from onnx import helper as h, TensorProto as T, numpy_helper as n
        v = lambda name: h.make_tensor_value_info(name, T.FLOAT, ['n', 3, name + 'h', name + 'w'])
        def save(name, nodes, initializers=()):
            g = h.make_graph(nodes, 'm', [v('x')], [v('y')], list(initializers))
            onnx.save(h.make_model(g, opset_imports=[h.make_opsetid('', 13)], ir_version=7), f'{sys.argv[1]}/{name}.onnx')
        save('sevens', [h.make_node('SpaceToDepth', ['x'], ['a'], blocksize=7), h.make_node('DepthToSpace', ['a'], ['y'], blocksize=7)])
        save('baked', [h.make_node('Reshape', ['x', 's'], ['y'])], [n.from_array(np.array([1, 3, 224, 224]), 's')])
        """;

    [Fact]
    public async Task Sizes_are_found_or_asked_for_by_the_option()
    {
        var why = PythonOracle.WhyMissing("onnx", "numpy");
        Assert.SkipWhen(why is not null, why ?? "");
        using var folder = new TemporaryFolder();
        PythonOracle.Run(Script, folder.Path);
        string photo = folder.File("photo.png"),
            result = folder.File("result.png");
        var image = new RgbImage(543, 337);
        new Random(1).NextBytes(image.Pixels);
        ImageEncoder.Save(image, photo);

        var (code, _, error) = await Translate("sevens.onnx");
        Assert.True(code == 0, error);
        Assert.Equal(image.Pixels, ImageDecoder.Decode(result).Pixels);

        (code, _, error) = await Translate("sevens.onnx", "--mode", "exact");
        Assert.Equal(2, code);
        Assert.Contains("543x337; model '", error);
        Assert.Contains("needs sides that are multiples of 7 (or set --mode to keep).", error);

        (code, _, error) = await Translate("baked.onnx");
        Assert.Equal(2, code);
        Assert.Contains("--size-multiple", error);
        Assert.Contains("--size", error);
        (code, _, error) = await Translate("baked.onnx", "--mode", "resize", "--size", "224");
        Assert.True(code == 0, error);
        Assert.Equal(224, ImageDecoder.Decode(result).Width);

        string output;
        (code, output, _) = await Imt.RunAsync("onnx", "check", folder.File("baked.onnx"), "--pixel-range", "0..1");
        Assert.Equal(2, code);
        Assert.Contains("--size-multiple", output);
        (code, output, _) = await Imt.RunAsync("onnx", "check", folder.File("sevens.onnx"), "--pixel-range", "0..1");
        Assert.Equal(0, code);
        Assert.Contains("multiples of 7", output);

        Task<(int Code, string Output, string Error)> Translate(string model, params string[] options) =>
            Imt.RunAsync([
                "translate",
                "--model",
                folder.File(model),
                "--pixel-range",
                "0..1",
                "--input",
                photo,
                "--output",
                result,
                .. options,
            ]);
    }

    [Fact]
    public async Task A_GPU_that_is_not_there_is_said_in_the_commands_words()
    {
        Assert.SkipWhen(Transforms.OnnxRuntimeLibrary.HasCuda, "This machine's ONNX Runtime has CUDA.");
        using var folder = new TemporaryFolder();
        ImageEncoder.Save(new RgbImage(16, 16), folder.File("photo.png"));
        var (code, _, error) = await Imt.RunAsync(
            "translate",
            "--model",
            SmallModel.Save(folder.File("model.onnx")),
            "--gpu-id",
            "7",
            "--input",
            folder.File("photo.png"),
            "--output",
            folder.File("result.png")
        );
        Assert.Equal(2, code);
        Assert.Contains("CUDA device 7", error);
        Assert.Contains("--cpu-fallback", error);
    }
}
