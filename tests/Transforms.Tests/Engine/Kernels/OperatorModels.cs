namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>Models of several nodes of <see cref="ManagedOperator"/>, and such that it cannot run.</summary>
public sealed class OperatorModels : PythonModels
{
    private const string Script = """
        import sys, numpy as np, onnx
        from onnx import helper as h, TensorProto as T, numpy_helper as n
        folder, random = sys.argv[1], np.random.default_rng(2)
        free = lambda name, sides=4: h.make_tensor_value_info(name, T.FLOAT, [None] * sides)
        c = lambda name, *shape: n.from_array(random.standard_normal(shape, np.float32) / np.float32(np.prod(shape[1:]) ** .5), name)
        def node(inputs, output, channels, kernel, stride, transposed=0, pads=(1, 1, 1, 1), slope=1.0, reflects=0):
            return h.make_node(
                'Convolution', inputs, [output], domain='MlNetImageTranslation', input_channels=channels[0],
                output_channels=channels[1], kernel=kernel, stride=stride, top=pads[0], left=pads[1], bottom=pads[2],
                right=pads[3], reflects=reflects, transposed=transposed, slope=slope, threads=2)
        def save(name, nodes, inputs, constants):
            graph = h.make_graph(nodes, 'g', inputs, [free('y')], constants)
            domains = [h.make_opsetid('', 17), h.make_opsetid('MlNetImageTranslation', 1)]
            onnx.save(h.make_model(graph, opset_imports=domains, ir_version=8), f'{folder}/{name}.onnx')
        save('network', [
            node(['x', 'w1', 'b1'], 'a', (3, 33), 3, 1, slope=0.0),
            node(['a', 'w2', 'b2'], 'b', (33, 120), 4, 2, slope=0.2),
            # More factors than are held.
            node(['b', 'w3'], 'c', (120, 250), 3, 1),
            node(['c', 'w4', 'b4'], 'd', (250, 17), 4, 2, transposed=1, slope=0.0),
            node(['d', 'w5'], 'y', (17, 3), 3, 1),
        ], [free('x')], [
            c('w1', 33, 3, 3, 3), c('b1', 33), c('w2', 120, 33, 4, 4), c('b2', 120), c('w3', 250, 120, 3, 3),
            c('w4', 250, 17, 4, 4), c('b4', 17), c('w5', 3, 17, 3, 3)])
        # 2.3 MiB of factors.
        save('factors', [node(['x', 'w'], 'y', (128, 128), 3, 1)], [free('x')], [c('w', 128, 128, 3, 3)])
        save('weights', [node(['x', 'w'], 'y', (3, 5), 3, 1)], [free('x'), free('w')], [])
        save('three', [node(['x', 'w'], 'y', (3, 5), 3, 1)], [free('x', 3)], [c('w', 5, 3, 3, 3)])
        for stride in (1, 2):
            save(f'conv-4-{stride}', [node(['x', 'w'], 'y', (3, 5), 4, stride)], [free('x')], [c('w', 5, 3, 4, 4)])
        save('reflected', [node(['x', 'w'], 'y', (3, 5), 3, 1, reflects=1)], [free('x')], [c('w', 5, 3, 3, 3)])
        save('transposed', [node(['x', 'w'], 'y', (3, 5), 3, 1, 1, (3, 4, 2, 1))], [free('x')], [c('w', 3, 5, 3, 3)])
        """;

    public OperatorModels()
        : base(Script) { }
}
