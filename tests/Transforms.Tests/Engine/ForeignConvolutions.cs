namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>
/// A network as exporters of PyTorch write it: with activations of their own after its convolutions, a sum, and a
/// transposed convolution that pads its output. With weights as they are, of 16 bits, and listed as inputs.
/// </summary>
public sealed class ForeignConvolutions : PythonModels
{
    private const string Script = """
        import sys, numpy as np, onnx
        from onnx import helper as h, TensorProto as T, numpy_helper as n
        folder = sys.argv[1]
        free = ['n', 3, 'h', 'w']
        value = lambda name: h.make_tensor_value_info(name, T.FLOAT, free)
        def save(name, kind=np.float32, listed=False):
            random, nodes, constants = np.random.default_rng(4), [], []
            def weight(name, *shape, scale=1.0):
                constants.append(n.from_array((random.standard_normal(shape) * scale).astype(kind), name + ('_16' if kind == np.float16 else '')))
                if kind == np.float16: nodes.append(h.make_node('Cast', [name + '_16'], [name], to=T.FLOAT))
                return name
            def convolution(x, y, inputs, outputs, kernel, transposed=False, **settings):
                shape = (inputs, outputs) if transposed else (outputs, inputs)
                w = weight(y + '_w', *shape, kernel, kernel, scale=(2 / (inputs * kernel * kernel)) ** .5)
                b = weight(y + '_b', outputs, scale=0.1)
                nodes.append(h.make_node('ConvTranspose' if transposed else 'Conv', [x, w, b], [y], kernel_shape=[kernel] * 2, dilations=[1, 1], group=1, **settings))
            same, half = dict(pads=[1] * 4, strides=[1, 1]), dict(pads=[1] * 4, strides=[2, 2])
            convolution('x', 'c1', 3, 48, 3, **same)
            nodes.append(h.make_node('Relu', ['c1'], ['r1']))
            convolution('r1', 'c2', 48, 96, 4, **half)
            nodes.append(h.make_node('LeakyRelu', ['c2'], ['r2'], alpha=0.2))
            convolution('r2', 'c3', 96, 96, 3, **same)
            nodes.append(h.make_node('Relu', ['c3'], ['r3']))
            # Read twice.
            convolution('r3', 'c4', 96, 96, 3, **same)
            nodes.append(h.make_node('Relu', ['c4'], ['r4']))
            nodes.append(h.make_node('Add', ['c4', 'r4'], ['s1']))
            nodes.append(h.make_node('Add', ['s1', 'r2'], ['s2']))
            convolution('s2', 'c5', 96, 48, 3, transposed=True, output_padding=[1, 1], **half)
            nodes.append(h.make_node('Relu', ['c5'], ['r5']))
            convolution('r5', 'c6', 48, 3, 3, **same)
            nodes.append(h.make_node('Tanh', ['c6'], ['y']))
            inputs = [value('x')] + [h.make_tensor_value_info(c.name, c.data_type, c.dims) for c in constants if listed]
            graph = h.make_graph(nodes, name, inputs, [value('y')], constants)
            onnx.save(h.make_model(graph, opset_imports=[h.make_opsetid('', 13)], ir_version=7), f'{folder}/{name}.onnx')
        save('plain')
        save('half', np.float16)
        save('listed', listed=True)
        """;

    public ForeignConvolutions()
        : base(Script) { }
}
