using System.Globalization;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export.Tests;

/// <summary>The largest value of a run, against ONNX's own shape inference.</summary>
public sealed class MemoryEstimatorTests
{
    // Small graphs of the operators that decide sizes; every one with a float input x of [2, 3, 20, 28].
    private const string Operators = """
        import sys, numpy as np, onnx
        from onnx import helper as h, TensorProto as T, numpy_helper as nh
        folder = sys.argv[1]
        N = h.make_node
        i = lambda n, *a: nh.from_array(np.array(a, np.int64), n)
        s = lambda n, a: nh.from_array(np.array(a, np.int64), n)
        f = lambda n, *a: nh.from_array(np.array(a, np.float32), n)
        w = lambda n, *shape: nh.from_array(np.zeros(shape, np.float32), n)
        def save(name, nodes, init=(), opset=13):
            nodes = nodes + [N('Cast', [nodes[-1].output[0]], ['y'], to=T.DOUBLE)]
            g = h.make_graph(nodes, name, [h.make_tensor_value_info('x', T.FLOAT, [2, 3, 20, 28])], [h.make_tensor_value_info('y', T.DOUBLE, None)], list(init))
            onnx.save(h.make_model(g, opset_imports=[h.make_opsetid('', opset)], ir_version=7), f'{folder}/{name}.onnx')
        save('conv', [N('Conv', ['x', 'w'], ['a'], pads=[1, 2, 3, 4], strides=[2, 1], dilations=[1, 2])], [w('w', 40, 3, 3, 3)])
        save('conv-same', [N('Conv', ['x', 'w'], ['a'], auto_pad='SAME_UPPER', strides=[3, 3])], [w('w', 40, 3, 3, 3)])
        save('transposed', [N('ConvTranspose', ['x', 'w'], ['a'], pads=[1, 1, 0, 2], strides=[3, 2], output_padding=[1, 0], group=3)], [w('w', 3, 5, 4, 4)])
        save('transposed-shape', [N('ConvTranspose', ['x', 'w'], ['a'], strides=[3, 2], output_shape=[61, 57])], [w('w', 3, 5, 4, 4)])
        save('pool', [N('MaxPool', ['x'], ['a'], kernel_shape=[3, 3], strides=[2, 2], ceil_mode=1)])
        save('pad', [N('Pad', ['x', 'p'], ['a'])], [i('p', 0, 1, 2, 3, 0, 4, 5, 6)])
        save('pad-9', [N('Pad', ['x'], ['a'], pads=[0, 1, 2, 3, 0, 4, 5, 6])], opset=9)
        save('resize', [N('Resize', ['x', '', 'k'], ['a'])], [f('k', 1, 1, 2.5, 3)])
        save('resize-sizes', [N('Resize', ['x', '', '', 'z'], ['a'])], [i('z', 2, 3, 77, 5)])
        save('upsample', [N('Upsample', ['x', 'k'], ['a'])], [f('k', 1, 1, 2.5, 3)], opset=9)
        save('transpose', [N('Transpose', ['x'], ['t'], perm=[0, 2, 3, 1]), N('Tile', ['t', 'r'], ['a'])], [i('r', 1, 2, 1, 3)])
        save('blocks', [N('SpaceToDepth', ['x'], ['d'], blocksize=4), N('DepthToSpace', ['d'], ['e'], blocksize=2), N('Tile', ['e', 'r'], ['a'])], [i('r', 2, 1, 1, 1)])
        save('tokens', [N('Reshape', ['x', 'r'], ['t'], ), N('Transpose', ['t'], ['u'], perm=[0, 2, 1]), N('MatMul', ['u', 't'], ['a'])], [i('r', 0, 3, -1)])
        save('gemm', [N('Reshape', ['x', 'r'], ['t']), N('Gemm', ['t', 'w'], ['a'], transB=1)], [i('r', 120, -1), w('w', 300, 28)])
        save('axes', [N('Unsqueeze', ['x', 'u'], ['b']), N('Expand', ['b', 'e'], ['c']), N('Squeeze', ['c', 'q'], ['d']), N('ReduceMean', ['d'], ['a'], axes=[-1], keepdims=0)], [i('u', 0, 5), i('e', 1, 2, 3, 20, 28, 9), i('q', 0)])
        save('split', [N('Split', ['x', 'p'], ['b', 'c'], axis=2), N('Concat', ['c', 'c', 'c', 'c'], ['a'], axis=1)], [i('p', 5, 15)])
        save('slice', [N('Slice', ['x', 'b', 'e', 'ax', 'st'], ['c']), N('Tile', ['c', 'r'], ['a'])], [i('b', -1, 3), i('e', -100, 1000), i('ax', 2, -1), i('st', -3, 2), i('r', 1, 1, 5, 5)])
        save('gather', [N('Gather', ['x', 'g'], ['a'], axis=1)], [s('g', [[0, 1, 2, 0], [1, 1, 1, 1]])])
        save('range', [N('Range', ['a0', 'b0', 'c0'], ['a'])], [s('a0', 3), s('b0', 5000), s('c0', 7)])
        save('fill', [N('ConstantOfShape', ['z'], ['a'], value=h.make_tensor('v', T.FLOAT, [1], [2.0]))], [i('z', 40, 60)])
        save('broadcast', [N('Add', ['x', 'w'], ['a'])], [w('w', 7, 1, 1, 1, 1)])
        save('norm', [N('InstanceNormalization', ['x', 'k', 'k'], ['b']), N('LeakyRelu', ['b'], ['c']), N('Concat', ['b', 'c'], ['a'], axis=1)], [f('k', 1, 1, 1)])
        save('einsum', [N('Einsum', ['x', 'x'], ['a'], equation='bchw,bcij->bhwi')])
        save('top', [N('TopK', ['x', 'k'], ['b', 'c'], axis=2), N('Concat', ['b', 'b', 'b', 'b', 'b', 'b'], ['a'], axis=3)], [i('k', 9)])
        # As torch.onnx writes F.interpolate(x, scale_factor=...) and x.view(b, c, -1).
        save('computed', [N('Shape', ['x'], ['s']), N('Gather', ['s', 'i2'], ['h']), N('Cast', ['h'], ['hf'], to=1), N('Mul', ['hf', 'k'], ['hk']), N('Floor', ['hk'], ['hl']), N('Cast', ['hl'], ['hi'], to=7),
            N('Unsqueeze', ['hi', 'zero'], ['hu']), N('Slice', ['s', 'zero', 'two'], ['bc']), N('Concat', ['bc', 'hu', 'hu'], ['z'], axis=0), N('Resize', ['x', '', '', 'z'], ['a'])],
            [s('i2', 2), nh.from_array(np.array(2.3, np.float32), 'k'), i('zero', 0), i('two', 2)])
        """;

    // The bytes of the largest value that shape inference knows, inputs and results included.
    private const string Largest = """
        import sys, os, onnx, numpy as np
        from onnx import shape_inference, TensorProto as T
        size = {T.FLOAT: 4, T.DOUBLE: 8, T.INT64: 8, T.UINT8: 1, T.BOOL: 1, T.FLOAT16: 2, T.INT32: 4}
        folder, input_shapes = sys.argv[1], sys.argv[2:]
        for name in sorted(os.listdir(folder)):
            m = onnx.load(f'{folder}/{name}')
            shape = next((a.split('=')[1] for a in input_shapes if a.split('=')[0] == name), None)
            if shape:
                for d, v in zip(m.graph.input[0].type.tensor_type.shape.dim, map(int, shape.split('x'))): d.dim_value = v
                for o in m.graph.output: o.type.tensor_type.ClearField('shape')
            m = shape_inference.infer_shapes(m, True, True, True)
            best, values = 0, [v for v in list(m.graph.value_info) + list(m.graph.output)]
            known = {v.name for v in values if all(d.HasField('dim_value') for d in v.type.tensor_type.shape.dim)}
            missing = [o for n in m.graph.node for o in n.output if o and o not in known and n.op_type != 'Constant']
            constant = {o for n in m.graph.node if n.op_type == 'Constant' for o in n.output}
            for v in values:
                t = v.type.tensor_type
                if v.name in known and v.name not in constant:
                    best = max(best, int(np.prod([d.dim_value for d in t.shape.dim], dtype=np.int64)) * size[t.elem_type])
            print(name, best, len(missing))
        """;

    [Fact]
    public void Operators_give_what_shape_inference_says()
    {
        Skip();
        using var folder = new TemporaryFolder();
        PythonOracle.Run(Operators, folder.Path);
        int compared = Compare(folder.Path, [], _ => ([2, 3, 20, 28], OnnxElementType.Float));
        Assert.Equal(25, compared);
    }

    [Fact]
    public void Networks_give_what_shape_inference_says()
    {
        Skip();
        using var folder = new TemporaryFolder();
        var shapes = new Dictionary<string, int[]>();
        // The small ones of all kinds: files of weights take their time.
        var small = ArchitectureCases.All.Where(item =>
            item.Value.Graph.Parameters.Sum(one => (long)one.Count) < 1_000_000
        );
        foreach (var (name, item) in small)
        {
            var options = new OnnxExportOptions { NormStatistics = item.Option, Interface = ModelInterface.FloatNchw };
            OnnxExporter.Export(item.Graph, RandomNetworks.Weights(item.Graph), options, folder.File($"{name}.onnx"));
            shapes[$"{name}.onnx"] = [.. item.InputShape.Select(side => (int)side)];
        }
        string[] arguments = [.. shapes.Select(pair => $"{pair.Key}={string.Join('x', pair.Value)}")];
        Assert.True(shapes.Count > 3);
        Assert.Equal(shapes.Count, Compare(folder.Path, arguments, name => (shapes[name], OnnxElementType.Float)));
    }

    [Fact]
    public void Damaged_files_end_in_an_estimate_or_a_clear_error()
    {
        Skip();
        using var folder = new TemporaryFolder();
        PythonOracle.Run(Operators, folder.Path);
        var random = new Random(11);
        foreach (string file in Directory.GetFiles(folder.Path))
        {
            byte[] model = File.ReadAllBytes(file);
            for (int round = 0; round < 300 * LongTests.Factor; round++)
            {
                var damaged = (byte[])model.Clone();
                for (int change = random.Next(1, 4); change > 0; change--)
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                try
                {
                    var estimate = MemoryEstimator.Read(damaged, "x", OnnxElementType.Float).Estimate(1, 3, 16, 16);
                    Assert.True(estimate.Bytes >= 0);
                }
                catch (FormatException) { }
            }
        }
    }

    private static void Skip() =>
        Assert.SkipWhen(
            PythonOracle.WhyMissing("onnx", "numpy") is not null,
            PythonOracle.WhyMissing("onnx", "numpy") ?? ""
        );

    private static int Compare(string folder, string[] shapes, Func<string, (int[] Shape, OnnxElementType Type)> input)
    {
        int count = 0;
        foreach (string line in PythonOracle.Run(Largest, [folder, .. shapes]).Trim().Split('\n'))
        {
            string[] parts = line.Split(' ');
            var (shape, type) = input(parts[0]);
            string name = OnnxModelInfo.Read(Path.Combine(folder, parts[0])).Inputs[0].Name;
            var estimate = MemoryEstimator
                .Read(File.ReadAllBytes(Path.Combine(folder, parts[0])), name, type)
                .Estimate([.. shape]);
            Assert.True(estimate.IsComplete, parts[0]);
            // Shape inference knows no sizes of some values; then the estimate may be larger, never smaller.
            double expected = double.Parse(parts[1], CultureInfo.InvariantCulture);
            if (parts[2] == "0")
                Assert.Equal((parts[0], expected), (parts[0], estimate.LargestBytes));
            else
                Assert.True(estimate.LargestBytes >= expected, line);
            Assert.True(estimate.Bytes >= estimate.LargestBytes);
            count++;
        }
        return count;
    }
}
