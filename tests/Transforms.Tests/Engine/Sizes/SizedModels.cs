namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>
/// Models that give an image back unchanged or inverted, but only where its sides suit them, written by onnx's own
/// Python helpers.
/// </summary>
public sealed class SizedModels : PythonModels
{
    private const string Script = """
        import sys, numpy as np, onnx
        from onnx import helper as h, TensorProto as T, numpy_helper as n
        folder = sys.argv[1]
        def save(name, nodes, i, o, initializers=()):
            g = h.make_graph(nodes, name, [h.make_tensor_value_info('x', T.FLOAT, i)], [h.make_tensor_value_info('y', T.FLOAT, o)], list(initializers))
            onnx.save(h.make_model(g, opset_imports=[h.make_opsetid('', 13)], ir_version=7), f'{folder}/{name}.onnx')
        c = lambda name, v, t=np.int64: n.from_array(np.array(v, t), name)
        free, same = ['n', 3, 'h', 'w'], ['n', 3, 'oh', 'ow']
        for m in 1, 3, 5, 6, 7, 10, 11, 14, 20, 28, 32, 36, 64, 112, 128, 256:
            save(f'multiple-{m}', [h.make_node('SpaceToDepth', ['x'], ['a'], blocksize=m), h.make_node('DepthToSpace', ['a'], ['y'], blocksize=m)], free, same)
        # Height in twos, width in fives.
        save('unlike', [h.make_node('MaxPool', ['x'], ['p'], kernel_shape=[2, 5], strides=[2, 5]), h.make_node('Resize', ['p', '', 's'], ['q'], mode='nearest'), h.make_node('Mul', ['q', 'zero'], ['z']), h.make_node('Sub', ['z', 'x'], ['y'])],
            free, same, [c('s', [1, 1, 2, 5], np.float32), c('zero', [0], np.float32)])
        for side in 64, 128, 224, 256, 512:
            save(f'baked-{side}', [h.make_node('Reshape', ['x', 's'], ['a']), h.make_node('Neg', ['a'], ['y'])], free, same, [c('s', [1, 3, side, side])])
        save('baked-size', [h.make_node('Reshape', ['x', 's'], ['a']), h.make_node('Neg', ['a'], ['y'])], free, same, [c('s', [1, 3, 48, 80])])
        save('height-256', [h.make_node('Neg', ['x'], ['y'])], [1, 3, 256, 'w'], [1, 3, 256, 'w'])
        save('width-48', [h.make_node('SpaceToDepth', ['x'], ['a'], blocksize=4), h.make_node('DepthToSpace', ['a'], ['b'], blocksize=4), h.make_node('Neg', ['b'], ['y'])], [1, 3, 'h', 48], [1, 3, 'h', 48])
        save('height-40-twice', [h.make_node('Resize', ['x', '', 's'], ['y'], mode='nearest')], [1, 3, 40, 'w'], [1, 3, 80, 'w2'], [c('s', [1, 1, 2, 2], np.float32)])
        save('channels-4', [h.make_node('Neg', ['x'], ['y'])], ['b', 4, 'h', 'w'], ['b', 4, 'h', 'w'])
        save('channels-2-last', [h.make_node('Neg', ['x'], ['y'])], ['b', 'h', 'w', 2], ['b', 'h', 'w', 2])
        save('channels-6-fixed', [h.make_node('Neg', ['x'], ['y'])], [1, 6, 64, 'w'], [1, 6, 64, 'w'])
        save('channels-4-out', [h.make_node('Concat', ['x', 'x'], ['y'], axis=1)], ['b', 3, 'h', 'w'], ['b', 6, 'h', 'w'])
        save('enlarges-100', [h.make_node('Resize', ['x', '', 's'], ['y'], mode='nearest')], free, same, [c('s', [1, 1, 100, 100], np.float32)])
        save('huge', [h.make_node('Neg', ['x'], ['y'])], [1, 3, 2000000, 2000000], [1, 3, 2000000, 2000000])
        save('larger-than-an-int', [h.make_node('Neg', ['x'], ['y'])], [1, 3, 1 << 40, 1 << 40], [1, 3, 1 << 40, 1 << 40])
        # Reads any size, with a stride inside: the largest of every four by four.
        save('any-by-4', [h.make_node('MaxPool', ['x'], ['p'], kernel_shape=[4, 4], strides=[4, 4], ceil_mode=1), h.make_node('Resize', ['p', '', 's'], ['q'], mode='nearest', coordinate_transformation_mode='asymmetric', nearest_mode='floor'),
            h.make_node('Shape', ['x'], ['all']), h.make_node('Slice', ['all', 'two', 'four'], ['hw']), h.make_node('Slice', ['q', 'starts', 'hw', 'axes'], ['y'])], free, same, [c('s', [1, 1, 4, 4], np.float32), c('two', [2]), c('four', [4]), c('starts', [0, 0]), c('axes', [2, 3])])
        # Reads sides of at least five.
        save('reflects-4', [h.make_node('Pad', ['x', 'p'], ['a'], mode='reflect'), h.make_node('MaxPool', ['a'], ['y'], kernel_shape=[9, 9])], free, same, [c('p', [0, 0, 4, 4, 0, 0, 4, 4])])
        # Every pixel attends to all, which takes two values of (h w)^2; the weights of one sum up to 1.
        save('attention', [h.make_node('Reshape', ['x', 's'], ['q']), h.make_node('Transpose', ['q'], ['t'], perm=[0, 2, 1]), h.make_node('MatMul', ['t', 'q'], ['d']), h.make_node('Softmax', ['d'], ['w'], axis=2),
            h.make_node('ReduceSum', ['w', 'axes'], ['one'], keepdims=0), h.make_node('Shape', ['x'], ['all']), h.make_node('Slice', ['all', 'two', 'four'], ['hw']), h.make_node('Concat', ['ones', 'hw'], ['to'], axis=0),
            h.make_node('Reshape', ['one', 'to'], ['k']), h.make_node('Mul', ['x', 'k'], ['y'])], free, same, [c('s', [0, 3, -1]), c('axes', [2]), c('two', [2]), c('four', [4]), c('ones', [-1, 1])])
        save('many-nodes', [h.make_node('Neg', [f't{i}' if i else 'x'], [f't{i + 1}' if i < 99 else 'y']) for i in range(100)], free, same)
        """;

    public SizedModels()
        : base(Script) { }
}
