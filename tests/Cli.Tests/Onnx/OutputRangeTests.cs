using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Cli.Tests;

/// <summary>Models that give other values than black and white are taken for.</summary>
public sealed class OutputRangeTests
{
    // Of a pixel x in 0..1: 16 x - 8, 255 x, x, and 16 x - 8 without sizes or a batch.
    private const string Script = """
        import sys, numpy as np, onnx
        from onnx import helper as h, TensorProto as T, numpy_helper as n
        def save(name, nodes, shape=['N', 3, 'H', 'W'], type=T.FLOAT):
            value = lambda name: h.make_tensor_value_info(name, type, shape)
            c = lambda name, v: n.from_array(np.array([v], np.float16 if type == T.FLOAT16 else np.float32), name)
            g = h.make_graph(nodes, 'g', [value('x')], [value('y')], [c('a', 16), c('b', 8), c('w', 255)])
            onnx.save(h.make_model(g, opset_imports=[h.make_opsetid('', 17)], ir_version=8), f'{sys.argv[1]}/{name}.onnx')
        logits = [h.make_node('Mul', ['x', 'a'], ['p']), h.make_node('Sub', ['p', 'b'], ['y'])]
        save('logits', logits)
        save('single-half-logits', logits, [3, 'H', 'W'], T.FLOAT16)
        save('bytes', [h.make_node('Mul', ['x', 'w'], ['y'])])
        save('unit', [h.make_node('Identity', ['x'], ['y'])])
        """;

    [Theory]
    [InlineData("logits", "", "values from -8 to 8", "logits")]
    [InlineData("logits", "--output-activation sigmoid", "-8 to 8, 0 to 1 after the activation", null)]
    [InlineData("logits", "--output-activation tanh", "-8 to 8, -1 to 1 after the activation", null)]
    [InlineData("single-half-logits", "--output-activation sigmoid", "-8 to 8, 0 to 1 after the activation", null)]
    [InlineData("bytes", "", "values from 0 to 255", "cut off")]
    [InlineData("bytes", "--output-range 0..255", "values from 0 to 255", null)]
    [InlineData("unit", "", "values from 0 to 1", null)]
    [InlineData("unit", "--output-range 0..255", "values from 0 to 1", "hardly any contrast")]
    [InlineData("unit", "--output-range -1..1", "values from 0 to 1", "darker than gray")]
    public async Task Check_tells_the_values_and_whether_they_fit(
        string model,
        string options,
        string told,
        string? warning
    )
    {
        using var folder = Models();
        var (code, output, error) = await Imt.RunAsync([
            "onnx",
            "check",
            folder.File(model + ".onnx"),
            "--pixel-range",
            "0..1",
            .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ]);
        Assert.True(code == 0, output + error);
        Assert.Contains(told, output);
        if (warning is null)
            Assert.DoesNotContain("warning", output);
        else
            Assert.Contains(warning, output[output.IndexOf("warning", StringComparison.Ordinal)..]);
    }

    [Theory]
    [InlineData("logits", "sigmoid")]
    [InlineData("logits", "tanh")]
    [InlineData("single-half-logits", "sigmoid")]
    public async Task Translate_applies_the_activation(string model, string activation)
    {
        using var folder = Models();
        var image = new RgbImage(16, 16);
        for (int i = 0; i < image.Pixels.Length; i++)
            image.Pixels[i] = (byte)(i % 256);
        ImageEncoder.Save(image, folder.File("in.png"));
        var (code, _, error) = await Imt.RunAsync(
            "translate",
            "--model",
            folder.File(model + ".onnx"),
            "--pixel-range",
            "0..1",
            "--output-activation",
            activation,
            "--device",
            "cpu",
            "--input",
            folder.File("in.png"),
            "--output",
            folder.File("out.png")
        );
        Assert.True(code == 0, error);
        string expected = PythonOracle.Run(
            """
            import sys, numpy as np
            z = np.arange(768) % 256 / 255 * 16 - 8
            print(*(255 / (1 + np.exp(-z)) if sys.argv[1] == 'sigmoid' else (np.tanh(z) + 1) * 127.5))
            """,
            activation
        );
        double[] values = [.. expected.Split(' ').Select(double.Parse)];
        byte[] result = ImageDecoder.Decode(folder.File("out.png")).Pixels;
        Assert.All(values.Zip(result), pair => Assert.InRange(pair.First - pair.Second, -0.76, 0.76));
    }

    private static TemporaryFolder Models()
    {
        string? why = PythonOracle.WhyMissing("onnx", "numpy");
        Assert.SkipWhen(why is not null, why ?? "");
        var folder = new TemporaryFolder();
        PythonOracle.Run(Script, folder.Path);
        return folder;
    }
}
