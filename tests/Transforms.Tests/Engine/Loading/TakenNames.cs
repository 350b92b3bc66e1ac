namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>
/// Two networks, of numbers and of bytes, each with names of its own and with names that the rewriters would give.
/// </summary>
public sealed class TakenNames : PythonModels
{
    private const string Script = """
        import sys, numpy as np, onnx
        from onnx import helper as h, TensorProto as T, numpy_helper as n
        folder = sys.argv[1]
        rng = np.random.RandomState(5)
        w = lambda name, *shape: n.from_array((rng.randn(*shape) * .2).astype(np.float32), name)
        kept = [w('w1', 32, 3, 3, 3), w('w2', 32, 32, 3, 3), w('w3', 3, 32, 3, 3), w('b1', 32), w('one', 32), w('zero', 32)]
        conv = lambda i, w, o, *more: h.make_node('Conv', [i, w, *more], [o], pads=[1] * 4, kernel_shape=[3, 3])
        norm = lambda i, o: h.make_node('InstanceNormalization', [i, 'one', 'zero'], [o])
        f = lambda name: h.make_tensor_value_info(name, T.FLOAT, None)
        branch = lambda op: h.make_graph([h.make_node(op, ['c3'], ['in_branch']), h.make_node('Identity', ['in_branch'], ['of_' + op])], op, [], [f('of_' + op)])
        body = [conv('x', 'w1', 'c1', 'b1'), norm('c1', 'n1'), h.make_node('Relu', ['n1'], ['r1']), conv('r1', 'w2', 'c2'), norm('c2', 'n2'),
            h.make_node('Relu', ['n2'], ['r2']), conv('r2', 'w3', 'c3'), h.make_node('ReduceMean', ['c3'], ['m'], keepdims=0), h.make_node('Greater', ['m', 'm'], ['yes']),
            h.make_node('If', ['yes'], ['t'], then_branch=branch('Neg'), else_branch=branch('Tanh')), h.make_node('Identity', ['t'], ['y'])]
        whole = [n.from_array(np.float32([127.5]), 'half'), n.from_array(np.float32([0]), 'least'), n.from_array(np.float32([255]), 'most')]
        around = lambda b: [h.make_node('Cast', ['bytes'], ['f'], to=T.FLOAT), h.make_node('Transpose', ['f'], ['nchw'], perm=[0, 3, 1, 2]), h.make_node('Div', ['nchw', 'half'], ['x'])] + b + [
            h.make_node('Mul', ['y', 'half'], ['s']), h.make_node('Add', ['s', 'half'], ['u']), h.make_node('Clip', ['u', 'least', 'most'], ['v']),
            h.make_node('Cast', ['v'], ['k'], to=T.UINT8), h.make_node('Transpose', ['k'], ['out'], perm=[0, 2, 3, 1])]
        def save(name, nodes, i, o, initializers, names):
            m = h.make_model(h.make_graph(nodes, 'g', [i], [o], initializers), opset_imports=[h.make_opsetid('', 17)], ir_version=8)
            m = onnx.ModelProto.FromString(m.SerializeToString())
            def rename(g):
                for v in list(g.input) + list(g.output) + list(g.initializer): v.name = names.get(v.name, v.name)
                for node in g.node:
                    node.input[:] = [names.get(v, v) for v in node.input]; node.output[:] = [names.get(v, v) for v in node.output]
                    for a in node.attribute:
                        if a.HasField('g'): rename(a.g)
            rename(m.graph)
            onnx.checker.check_model(m)
            onnx.save(m, f'{folder}/{name}.onnx')
        numbers = lambda name: h.make_tensor_value_info(name, T.FLOAT, ['N', 3, 'H', 'W'])
        levels = lambda name: h.make_tensor_value_info(name, T.UINT8, ['N', 'H', 'W', 3])
        inner = dict(c1='imt/pixels/0', n1='imt/pixels/own/imt/image', r1='imt/cpu0/windows', w2='imt/cpu/i0_1', c2='imt/norm0/mean', n2='imt/cpu1/kept', r2='imt/norm1/given_mean',
            w3='imt/norm/axes', b1='imt/unread', one='imt/0', zero='imt/cpu/s0', c3='imt/cpu2/whole', m='imt/norm/shape', in_branch='imt/pixels/3', of_Tanh='imt/norm0/squared')
        adapter = dict(inner, x='imt/image', t='imt/translated', y='imt/norm1/is_given')
        other_way = dict(inner, x='imt/translated', y='imt/image')
        native = dict(inner, bytes='imt/norm0/is_given', out='imt/cpu0/split', f='imt/image', k='imt/translated', y='imt/norm1/square')
        # As an ML.NET pipeline's columns.
        columns = dict(x='Result', y='Photo', c2='Photo__bytes', c3='Result__bytes')
        for name, names in dict(plain={}, adapter=adapter, other_way=other_way, columns=columns).items():
            save(name, body, numbers('x'), numbers('y'), [n.from_array(n.to_array(t).copy(), t.name) for t in kept], names)
        for name, names in dict(plain_native={}, native=native).items():
            save(name, around(body), levels('bytes'), levels('out'), [n.from_array(n.to_array(t).copy(), t.name) for t in kept + whole], names)
        """;

    public TakenNames()
        : base(Script) { }
}
