namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>Models of one convolution of ONNX's own, with everything that says how it pads.</summary>
public sealed class RuntimeConvolutions : PythonModels
{
    private const string Script = """
        import sys, numpy as np, onnx
        from onnx import helper as h, TensorProto as T, numpy_helper as n
        folder, random = sys.argv[1], np.random.default_rng(8)
        free = lambda name: h.make_tensor_value_info(name, T.FLOAT, ['n', 192, None, None])
        def save(name, kernel, transposed=False, bias=True, after=None, opset=17, **settings):
            w = random.standard_normal((192, 192, kernel, kernel), np.float32) / np.float32(kernel * 14)
            constants = [n.from_array(w, 'w')] + [n.from_array(random.standard_normal(192, np.float32), 'b')] * bias
            nodes = [h.make_node('ConvTranspose' if transposed else 'Conv', ['x'] + [c.name for c in constants], ['c'], **settings)]
            nodes.append(h.make_node(after or 'Identity', ['c'], ['y']))
            graph = h.make_graph(nodes, name, [free('x')], [free('y')], constants)
            onnx.save(h.make_model(graph, opset_imports=[h.make_opsetid('', opset)], ir_version=8), f'{folder}/{name}.onnx')
        save('plain', 3)
        save('opset-9', 3, opset=9, pads=[1, 1, 1, 1])
        save('sides', 4, bias=False, pads=[0, 3, 2, 1], after='Relu')
        save('halved', 4, strides=[2, 2], pads=[1, 0, 2, 3], after='LeakyRelu')
        save('halved-3', 3, strides=[2, 2], kernel_shape=[3, 3], pads=[0, 1, 1, 0])
        save('upper', 4, auto_pad='SAME_UPPER')
        save('lower', 4, auto_pad='SAME_LOWER', after='Relu')
        save('valid', 3, auto_pad='VALID', strides=[2, 2])
        save('up', 4, transposed=True, strides=[2, 2], pads=[1, 1, 1, 1], after='Relu')
        save('up-sides', 4, transposed=True, bias=False, strides=[2, 2], pads=[0, 1, 2, 3])
        save('up-added', 3, transposed=True, strides=[2, 2], pads=[1, 1, 1, 1], output_padding=[1, 1])
        save('up-beyond', 3, transposed=True, strides=[2, 2], output_padding=[1, 0], after='LeakyRelu')
        save('up-cropped', 4, transposed=True, strides=[2, 2], pads=[2, 0, 2, 1], output_padding=[1, 1])
        save('turned', 3, transposed=True, pads=[2, 1, 0, 1])
        """;

    public RuntimeConvolutions()
        : base(Script) { }
}
