namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>
/// A wide network with float weights whose values in between are quantized as quantizers write it, and the same without.
/// </summary>
public sealed class QuantizedModels : PythonModels
{
    private const string Script = """
        import sys, numpy as np, onnx
        from onnx import helper as h, TensorProto as T, numpy_helper as n
        folder, random = sys.argv[1], np.random.default_rng(3)
        free = ['n', 3, 'h', 'w']
        c = lambda name, v, t=np.float32: n.from_array(np.array(v, t), name)
        kernel = lambda o, i: random.standard_normal((o, i, 3, 3)) * (1.2 / (9 * i) ** .5)
        weights = [kernel(128, 3), kernel(128, 128), kernel(128, 128), kernel(3, 128)]
        def save(name, quantize):
            nodes, constants = [], []
            value = quantize('x', 2.04, nodes, constants)
            for i, w in enumerate(weights):
                constants.append(c(f'w{i}', w))
                nodes.append(h.make_node('Conv', [value, f'w{i}'], [f'c{i}'], pads=[1] * 4))
                if i < 3: nodes.append(h.make_node('Relu', [f'c{i}'], [f'r{i}']))
                value = quantize(f'r{i}' if i < 3 else f'c{i}', 3, nodes, constants)
            nodes.append(h.make_node('Tanh', [value], ['y']))
            g = h.make_graph(nodes, name, [h.make_tensor_value_info('x', T.FLOAT, free)], [h.make_tensor_value_info('y', T.FLOAT, free)], constants)
            onnx.save(h.make_model(g, opset_imports=[h.make_opsetid('', 13)], ir_version=7), f'{folder}/{name}.onnx')
        def static(x, most, nodes, constants):
            constants += [c(x + '_s', most / 127), c(x + '_z', 0, np.int8)]
            nodes += [h.make_node('QuantizeLinear', [x, x + '_s', x + '_z'], [x + '_q']), h.make_node('DequantizeLinear', [x + '_q', x + '_s', x + '_z'], [x + '_d'])]
            return x + '_d'
        def dynamic(x, most, nodes, constants):
            nodes += [h.make_node('DynamicQuantizeLinear', [x], [x + '_q', x + '_s', x + '_z']), h.make_node('DequantizeLinear', [x + '_q', x + '_s', x + '_z'], [x + '_d'])]
            return x + '_d'
        save('float', lambda x, *rest: x)
        save('static', static)
        save('dynamic', dynamic)
        """;

    public QuantizedModels()
        : base(Script) { }
}
