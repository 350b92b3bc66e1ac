using System.Runtime.InteropServices;
using System.Text.Json;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>
/// <see cref="ConvolutionCases"/> as ONNX models, with what they read and what PyTorch gives in double precision. A
/// model computes the case three times: for one, two and three threads.
/// </summary>
public sealed class ConvolutionModels : IDisposable
{
    private const string Script = """
        import json, sys, numpy as np, torch, onnx
        import torch.nn.functional as F
        from onnx import helper as h, TensorProto as T, numpy_helper as n
        torch.set_num_threads(2)
        folder, random = sys.argv[1], np.random.default_rng(1)
        free = lambda name: h.make_tensor_value_info(name, T.FLOAT, [None] * 4)
        for number, case in enumerate(json.loads(sys.argv[2])):
            kernel, stride, transposed, outputs = case['Kernel'], case['Stride'], case['Transposed'], case['Outputs']
            (top, left, bottom, right), inputs = case['Pads'], case['Shape'][1]
            values = lambda *shape: random.standard_normal(shape, np.float32)
            x = values(*case['Shape'])
            w = values(*((inputs, outputs) if transposed else (outputs, inputs)), kernel, kernel)
            b = values(outputs)
            constants = [n.from_array(w, 'w')] + ([n.from_array(b, 'b')] if case['Bias'] else [])
            nodes = [
                h.make_node(
                    'Convolution', ['x'] + [c.name for c in constants], [f'y{threads}'], domain='MlNetImageTranslation',
                    input_channels=inputs, output_channels=outputs, kernel=kernel, stride=stride, top=top, left=left,
                    bottom=bottom, right=right, reflects=int(case['Reflects']), transposed=int(transposed), slope=float(case['Slope']), threads=threads)
                for threads in (1, 2, 3)]
            graph = h.make_graph(nodes, 'g', [free('x')], [free(f'y{threads}') for threads in (1, 2, 3)], constants)
            domains = [h.make_opsetid('', 17), h.make_opsetid('MlNetImageTranslation', 1)]
            onnx.save(h.make_model(graph, opset_imports=domains, ir_version=8), f'{folder}/{number}.onnx')
            x.tofile(f'{folder}/{number}.x')
            x, w, b = (torch.from_numpy(v) for v in (x, w, b if case['Bias'] else 0 * b))
            def convolution(x, w, b):
                if transposed: y = F.pad(F.conv_transpose2d(x, w, stride=stride), (-left, -right, -top, -bottom))
                else:
                    mode = 'reflect' if case['Reflects'] else 'constant'
                    y = F.conv2d(F.pad(x, (left, right, top, bottom), mode), w, stride=stride)
                return y + b[None, :, None, None]
            y = convolution(x.double(), w.double(), b.double())
            y = torch.where(y < 0, y * case['Slope'], y)
            np.array(convolution(x.abs(), w.abs(), b.abs()).max(), np.float64).tofile(f'{folder}/{number}.largest')
            np.array(y.shape, np.float64).tofile(f'{folder}/{number}.shape')
            y.numpy().tofile(f'{folder}/{number}.y')
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string? _why = !ConvolutionOperator.IsSupported
        ? "The processor has no AVX2 and FMA."
        : PythonOracle.WhyMissing("torch", "onnx", "numpy");

    public ConvolutionModels()
    {
        if (_why is null)
            PythonOracle.Run(Script, _folder.Path, JsonSerializer.Serialize(ConvolutionCases.All.Values));
    }

    /// <summary>A case's model, and the values it reads; skips the test where there is none.</summary>
    public (byte[] Model, float[] Input) Of(string name)
    {
        Assert.SkipWhen(_why is not null, _why ?? "");
        return (Read<byte>(name, "onnx"), Read<float>(name, "x"));
    }

    /// <summary>What PyTorch gives, and the largest sum of the magnitudes of what is summed up.</summary>
    internal (Values<double> Result, double Largest) Expected(string name) =>
        (
            new([.. Read<double>(name, "shape").Select(side => (long)side)], Read<double>(name, "y")),
            Read<double>(name, "largest")[0]
        );

    public void Dispose() => _folder.Dispose();

    private T[] Read<T>(string name, string ending)
        where T : unmanaged
    {
        int number = ConvolutionCases.All.Keys.ToList().IndexOf(name);
        return MemoryMarshal.Cast<byte, T>(File.ReadAllBytes(_folder.File($"{number}.{ending}"))).ToArray();
    }
}
