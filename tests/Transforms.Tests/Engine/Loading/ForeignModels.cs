namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>A folder of ONNX models written by onnx's own Python helpers, once for all tests that read them.</summary>
public sealed class ForeignModels : PythonModels
{
    private const string Script = """
        import sys, numpy as np, onnx
        from onnx import helper as h, TensorProto as T, numpy_helper as n
        folder = sys.argv[1]
        def save(name, nodes, i, o, initializers=(), opset=17, dt=T.FLOAT, ot=None, domains=()):
            g = h.make_graph(nodes, name, [h.make_tensor_value_info('x', dt, i)], [h.make_tensor_value_info('y', ot or dt, o)], list(initializers))
            m = h.make_model(g, opset_imports=[h.make_opsetid('', opset)] + [h.make_opsetid(d, 1) for d in domains], ir_version=8)
            onnx.save(m, f'{folder}/{name}.onnx')
        c = lambda name, v, t=np.float32: n.from_array(np.array(v, t), name)
        nchw, nhwc = ['N', 3, 'H', 'W'], [None, None, None, 3]
        invert = lambda top: [h.make_node('Sub', ['top', 'x'], ['y'])]
        save('unit', invert(1), nchw, nchw, [c('top', [1.0])])
        save('signed-nhwc', [h.make_node('Neg', ['x'], ['y'])], nhwc, nhwc)
        save('bytes-range', invert(255), nchw, nchw, [c('top', [255.0])])
        save('old-opset', invert(255), nchw, nchw, [c('top', [255.0])], opset=9)
        save('half', invert(1), nchw, nchw, [c('top', [1.0], np.float16)], dt=T.FLOAT16)
        save('double', invert(1), nchw, nchw, [c('top', [1.0], np.float64)], dt=T.DOUBLE)
        double = lambda v, name: c(name, v, np.float64)
        inverting = [-(i == k) * 1.0 for i in range(3) for k in range(3)]
        # Convolutions, of which ONNX Runtime has none of double precision: with weights of both notations, casts inside, and in a branch.
        save('double-conv', [h.make_node('Conv', ['x', 'w', 'b'], ['y'])], nchw, nchw, [double(np.reshape(inverting, (3, 3, 1, 1)), 'w'), h.make_tensor('b', T.DOUBLE, [3], [1.0] * 3)], dt=T.DOUBLE)
        save('double-inside', [h.make_node('Cast', ['x'], ['d'], to=T.DOUBLE), h.make_node('Constant', [], ['w'], value=double(np.reshape(inverting, (3, 3, 1, 1)), '')), h.make_node('Conv', ['d', 'w'], ['n']),
            h.make_node('RandomUniform', [], ['r'], dtype=T.DOUBLE, low=1.0, high=1.0, shape=[1]), h.make_node('Add', ['n', 'r'], ['s']), h.make_node('Cast', ['s'], ['y'], to=T.FLOAT)], nchw, nchw)
        doubled = lambda o: h.make_graph([h.make_node('Conv', ['x', 'w'], ['n' + o]), h.make_node('Clip', ['n' + o, '', 'most'], ['c' + o]), h.make_node('Add', ['c' + o, 'one'], [o])], o, [], [h.make_tensor_value_info(o, T.DOUBLE, None)], [double([1.0], 'one')])
        save('double-branch', [h.make_node('If', ['true'], ['y'], then_branch=doubled('t'), else_branch=doubled('e'))], nchw, nchw, [double(np.reshape(inverting, (3, 3, 1, 1)), 'w'), double(1.7e308, 'most'), c('true', True, bool)], dt=T.DOUBLE)
        save('first-channel-only', [h.make_node('Mul', ['x', 'k'], ['y'])], nchw, nchw, [c('k', np.array([1, 0, 0]).reshape(1, 3, 1, 1))])
        save('gray-fixed', invert(1), [1, 1, 8, 12], [1, 1, 8, 12], [c('top', [1.0])])
        save('gray-to-colour', [h.make_node('Concat', ['x', 'x', 'x'], ['y'], axis=1)], ['N', 1, 'H', 'W'], nchw)
        save('twice', [h.make_node('Resize', ['x', '', 's'], ['y'], mode='nearest')], nchw, ['N', 3, 'H2', 'W2'], [c('s', [1, 1, 2, 2])])
        save('twice-gray-fixed', [h.make_node('Resize', ['x', '', 's'], ['y'], mode='nearest')], ['N', 1, 16, 20], ['N', 1, 32, 40], [c('s', [1, 1, 2, 2])])
        save('pooled', [h.make_node('MaxPool', ['x'], ['p'], kernel_shape=[4, 4], strides=[4, 4]), h.make_node('Resize', ['p', '', 's'], ['y'], mode='nearest')], nchw, nchw, [c('s', [1, 1, 4, 4])])
        save('pooled-by-12', [h.make_node('MaxPool', ['x'], ['p'], kernel_shape=[12, 12], strides=[12, 12]), h.make_node('Resize', ['p', '', 's'], ['q'], mode='nearest'), h.make_node('Add', ['x', 'q'], ['y'])], nchw, nchw, [c('s', [1, 1, 12, 12])])
        def delta(size, at):
            w = np.zeros((3, 3, size, size), np.float32)
            for k in range(3): w[k, k, at, at] = 1
            return c('w', w)
        conv = lambda size, out: h.make_node('Conv', ['x', 'w'], [out], kernel_shape=[size, size])
        for opset in 9, 10, 17: save(f'shrinks-by-3-{opset}', [conv(4, 'y')], nchw, nchw, [delta(4, 1)], opset=opset)
        save('twice-without-border', [conv(5, 'm'), h.make_node('Resize', ['m', '', 's'], ['y'], mode='nearest')], nchw, nchw, [delta(5, 2), c('s', [1, 1, 2, 2])])
        save('batch-of-three', invert(1), [3, 3, 'H', 'W'], [3, 3, 'H', 'W'], [c('top', [1.0])])
        save('identity', [h.make_node('Identity', ['x'], ['y'])], nchw, nchw)
        save('overshoot', [h.make_node('Mul', ['x', 'k'], ['y'])], nchw, nchw, [c('k', [3.0])])
        save('any-layout', [h.make_node('Identity', ['x'], ['y'])], [None] * 4, [None] * 4)
        save('both-layouts', [h.make_node('Identity', ['x'], ['y'])], [1, 3, 5, 3], [1, 3, 5, 3])
        save('bytes', [h.make_node('Identity', ['x'], ['y'])], nchw, nchw, dt=T.UINT8)
        save('features', [h.make_node('Identity', ['x'], ['y'])], [1, 10], [1, 10])
        # The file says nothing of what comes out, or something wrong.
        mean = lambda **how: [h.make_node('ReduceMean', ['x'], ['y'], **how)]
        for name, o in dict(undeclared=None, empty=[], wrong=nchw).items(): save(f'number-{name}', mean(keepdims=0), nchw, o)
        one = n.from_array(np.float32([[[[.5]]]]), 'w')
        save('free-gray', [h.make_node('Conv', ['x', 'w'], ['y'], kernel_shape=[1, 1])], ['N', 'C', 'H', 'W'], ['N', 'C', 'H', 'W'], [one])
        for name, o in dict(undeclared=None, unnamed=['N', None, 'H', 'W']).items(): save(f'gray-{name}', mean(axes=[1]), nchw, o)
        # What a sequence holds does not follow from shapes.
        save('gray-of-sequence', [h.make_node('ReduceMean', ['x'], ['m'], axes=[1]), h.make_node('SequenceConstruct', ['m'], ['q']), h.make_node('SequenceAt', ['q', 'i'], ['y'])], nchw, ['N', None, 'H', 'W'], [c('i', 0, np.int64)])
        save('gray-without-channel', mean(axes=[1], keepdims=0), nchw, None)
        # What GroupNorm is exported as, a norm of 16 bits, and one inside of a branch.
        norm = lambda i, o: h.make_node('InstanceNormalization', [i, 'scale', 'shift'], [o])
        parameters = lambda count, t=np.float32: [c('scale', [.2] * count, t), c('shift', [.5] * count, t)]
        save('group-norm', [h.make_node('Reshape', ['x', 'rows'], ['r']), norm('r', 'n'), h.make_node('Shape', ['x'], ['s']), h.make_node('Reshape', ['n', 's'], ['y'])], nchw, nchw, parameters(1) + [c('rows', [0, 1, -1], np.int64)])
        save('half-norm', [h.make_node('Cast', ['x'], ['r'], to=T.FLOAT16), norm('r', 'n'), h.make_node('Cast', ['n'], ['y'], to=T.FLOAT)], nchw, nchw, parameters(3, np.float16))
        branch = lambda o: h.make_graph([norm('x', o)], o, [], [h.make_tensor_value_info(o, T.FLOAT, None)])
        save('branch-norm', [h.make_node('If', ['true'], ['y'], then_branch=branch('t'), else_branch=branch('e'))], nchw, nchw, parameters(3) + [c('true', True, bool)])
        save('vector-undeclared', mean(keepdims=0, axes=[1, 2, 3]), nchw, None)
        for name, o in dict(undeclared=None, wrong=nchw).items(): save(f'flat-{name}', [h.make_node('Flatten', ['x'], ['y'])], nchw, o)
        save('five-undeclared', [h.make_node('Unsqueeze', ['x', 'first'], ['y'])], nchw, None, [c('first', [0], np.int64)])
        save('two-channels-undeclared', [h.make_node('Gather', ['x', 'two'], ['y'], axis=1)], nchw, None, [c('two', [0, 1], np.int64)])
        save('foreign-domain', [h.make_node('Secret', ['x'], ['y'], domain='com.example')], nchw, nchw, domains=['com.example'])
        big = n.from_array(np.ones((1, 3, 1, 1), np.float32), 'top')
        g = h.make_graph(invert(1), 'external', [h.make_tensor_value_info('x', T.FLOAT, nchw)], [h.make_tensor_value_info('y', T.FLOAT, nchw)], [big])
        onnx.save_model(h.make_model(g, opset_imports=[h.make_opsetid('', 17)], ir_version=8), f'{folder}/external.onnx', save_as_external_data=True, location='weights.bin', size_threshold=0)
        g = h.make_graph([h.make_node('Neg', ['x'], ['y']), h.make_node('Identity', ['x'], ['z'])], 'two', [h.make_tensor_value_info('x', T.FLOAT, nchw)],
            [h.make_tensor_value_info('y', T.FLOAT, nchw), h.make_tensor_value_info('z', T.FLOAT, nchw)])
        onnx.save(h.make_model(g, opset_imports=[h.make_opsetid('', 17)], ir_version=8), f'{folder}/two-outputs.onnx')
        for name, constants in ('level', []), ('level-default', [c('level', [.502])]):
            g = h.make_graph([h.make_node('Max', ['x', 'level'], ['y'])], name, [h.make_tensor_value_info('x', T.FLOAT, nchw), h.make_tensor_value_info('level', T.FLOAT, [1])], [h.make_tensor_value_info('y', T.FLOAT, nchw)], constants)
            onnx.save(h.make_model(g, opset_imports=[h.make_opsetid('', 17)], ir_version=8), f'{folder}/{name}.onnx')
        """;

    public ForeignModels()
        : base(Script) { }
}
