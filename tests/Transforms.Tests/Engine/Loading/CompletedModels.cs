using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>
/// A folder of models whose values lie beside the file, or whose nodes call functions, written by onnx's own Python
/// helpers.
/// </summary>
public sealed class CompletedModels : IDisposable
{
    private const string Script = """
        import sys, os, numpy as np, onnx
        from onnx import helper as h, TensorProto as T, numpy_helper as n
        folder = sys.argv[1]
        rng = np.random.RandomState(3)
        nchw = ['N', 3, 'H', 'W']
        value = lambda name: h.make_tensor_value_info(name, T.FLOAT, nchw)
        weights = lambda: [
            n.from_array((rng.randn(16, 3, 3, 3) * .1).astype(np.float32), 'w1'), n.from_array(rng.randn(16).astype(np.float32) * .1, 'b1'),
            n.from_array((rng.randn(3, 16, 3, 3) * .1).astype(np.float32), 'w2')]
        nodes = [h.make_node('Conv', ['x', 'w1', 'b1'], ['a'], pads=[1] * 4), h.make_node('Relu', ['a'], ['r']),
            h.make_node('Conv', ['r', 'w2'], ['c'], pads=[1] * 4), h.make_node('Constant', [], ['k'], value=n.from_array(np.float32([.5]), 'half')),
            h.make_node('Add', ['c', 'k'], ['y'])]
        def save(name, nodes, initializers, functions=(), domains=(), **settings):
            g = h.make_graph(nodes, name, [value('x')], [value('y')], initializers)
            imports = [h.make_opsetid('', 17)] + [h.make_opsetid(d, 1) for d in domains]
            onnx.save_model(h.make_model(g, opset_imports=imports, functions=functions, ir_version=8), f'{folder}/{name}.onnx', **settings)
        kept = weights()
        def copies(): return [n.from_array(n.to_array(t).copy(), t.name) for t in kept]
        save('inlined', nodes, copies())
        save('one-file', nodes, copies(), save_as_external_data=True, all_tensors_to_one_file=True, location='all.bin', size_threshold=0, convert_attribute=True)
        for d in 'many', 'deep', 'links': os.mkdir(f'{folder}/{d}')
        save('many/many-files', nodes, copies(), save_as_external_data=True, all_tensors_to_one_file=False, size_threshold=0, convert_attribute=True)
        save('deep/deep', nodes, copies(), save_as_external_data=True, all_tensors_to_one_file=True, location='data.bin', size_threshold=0)
        os.mkdir(f'{folder}/deep/parts'); os.rename(f'{folder}/deep/data.bin', f'{folder}/deep/parts/data.bin')
        def external(name, edit, source='one-file'):
            m = onnx.load(f'{folder}/{source}.onnx', load_external_data=False)
            for t in m.graph.initializer: edit(t)
            onnx.save_model(m, f'{folder}/{name}.onnx')
        def entry(key, text):
            def edit(t):
                for e in list(t.external_data):
                    if e.key == key: t.external_data.remove(e)
                if text is not None:
                    e = t.external_data.add(); e.key = key; e.value = text
            return edit
        external('deep/deep', entry('location', 'parts/data.bin'), 'deep/deep')
        external('above', entry('location', '../secret.bin'))
        external('below-above', entry('location', 'deep/../../secret.bin'))
        external('absolute', entry('location', '/etc/hostname'))
        external('drive', entry('location', 'C:\\secret.bin'))
        external('windows', entry('location', '..\\secret.bin'))
        external('missing', entry('location', 'no-such.bin'))
        external('directory', entry('location', 'deep'))
        external('nameless', entry('location', None))
        external('beyond', entry('offset', '999999999'))
        external('long', entry('length', '99999999999999'))
        external('negative', entry('offset', '-4'))
        external('other-length', entry('length', '4'))
        external('linked', entry('location', 'links/out.bin'))
        os.symlink('/etc/hostname', f'{folder}/links/out.bin')
        external('folder-linked', entry('location', 'links/etc/hostname'))
        os.symlink('/etc', f'{folder}/links/etc')
        external('link-inside', entry('location', 'links/in.bin'))
        os.symlink('../all.bin', f'{folder}/links/in.bin')
        # A cache of models: the file and its values are links to one folder elsewhere.
        os.mkdir(f'{folder}/cache'); os.mkdir(f'{folder}/cache/names'); os.mkdir(f'{folder}/cache/blobs')
        os.rename(f'{folder}/link-inside.onnx', f'{folder}/x'); os.rename(f'{folder}/x', f'{folder}/link-inside.onnx')
        import shutil
        shutil.copy(f'{folder}/one-file.onnx', f'{folder}/cache/blobs/1'); shutil.copy(f'{folder}/all.bin', f'{folder}/cache/blobs/2')
        os.symlink('../blobs/1', f'{folder}/cache/names/cached.onnx'); os.symlink('../blobs/2', f'{folder}/cache/names/all.bin')

        own = [h.make_opsetid('', 17), h.make_opsetid('own', 1)]
        def ref(op, i, o, attribute, source, type, **settings):
            node = h.make_node(op, i, o, **settings); a = node.attribute.add(); a.name, a.ref_attr_name, a.type = attribute, source, type
            return node
        A = onnx.AttributeProto
        # The names of its values are names of the graph that calls it, and of other functions.
        act = h.make_function('own', 'Act', ['x'], ['y', 'x2'], [ref('LeakyRelu', ['x'], ['r'], 'alpha', 'slope', A.FLOAT),
            h.make_node('Mul', ['r', 'r'], ['x2']), h.make_node('Identity', ['r'], ['y'], name='node')], own, ['slope'])
        one = h.make_function('own', 'One', ['x'], ['y'], [ref('LeakyRelu', ['x'], ['y'], 'alpha', 'slope', A.FLOAT)], own, ['slope'])
        block = h.make_function('own', 'Block', ['x', 'w', 'b'], ['y', 'x2'], [ref('Conv', ['x', 'w', 'b'], ['a'], 'pads', 'pads', A.INTS),
            ref('Act', ['a'], ['y', 'x2'], 'slope', 'leak', A.FLOAT, domain='own')], own, ['pads', 'leak'])
        f = lambda name: h.make_tensor_value_info(name, T.FLOAT, None)
        branch = lambda op: h.make_graph([h.make_node(op, ['x'], ['t']), h.make_node('One', ['t'], ['b'], slope=.3, domain='own')], op, [], [f('b')])
        choose = h.make_function('own', 'Choose', ['x'], ['r'], [h.make_node('ReduceMean', ['x'], ['m'], keepdims=0), ref('Constant', [], ['t0'], 'value_float', 'least', A.FLOAT),
            h.make_node('Greater', ['m', 't0'], ['c']), h.make_node('If', ['c'], ['q'], then_branch=branch('Neg'), else_branch=branch('Abs')),
            h.make_node('Add', ['q', 'x'], ['r'])], own, ['least'])
        calls = [h.make_node('Block', ['x', 'w1', 'b1'], ['a', 'x2'], domain='own', pads=[1] * 4, leak=.1, name='node'),
            h.make_node('Block', ['a', 'w2'], ['t', 'same'], domain='own', pads=[1] * 4, leak=.7, name='other'),
            h.make_node('Choose', ['t'], ['imt/f0/r'], domain='own', least=.01), h.make_node('Act', ['imt/f0/r'], ['r1', 'sq'], domain='own', slope=.2),
            h.make_node('Add', ['sq', 'same'], ['r']), h.make_node('One', ['r'], ['y'], domain='own', slope=1.5)]
        save('functions', calls, copies(), [choose, block, act, one], ['own'])
        save('functions-beside', calls, copies(), [choose, block, act, one], ['own'], save_as_external_data=True, location='functions.bin', size_threshold=0)
        other = h.make_function('own', 'Clip2', ['x'], ['y'], [h.make_node('One', ['x'], ['a'], domain='own', slope=.5), h.make_node('Softmax', ['a'], ['y'])],
            [h.make_opsetid('', 12), h.make_opsetid('own', 1)])
        save('other-version', [h.make_node('Clip2', ['x'], ['z'], domain='own'), h.make_node('One', ['z'], ['y'], domain='own', slope=.5)], [], [other, one], ['own'])
        # ONNX Runtime refuses an output that is an input; onnx's checker does not.
        passes = h.make_function('own', 'Passes', ['x'], ['n', 'x'], [h.make_node('Neg', ['x'], ['n'])], own)
        save('passes', [h.make_node('Passes', ['x'], ['n', 's'], domain='own'), h.make_node('Add', ['s', 's'], ['d']), h.make_node('Add', ['n', 'd'], ['y'])], [], [passes], ['own'])
        twice = lambda name, inner: h.make_function('own', name, ['x'], ['y'], [h.make_node(inner, ['x'], ['m'], domain='own'), h.make_node(inner, ['m'], ['y'], domain='own')], own)
        leaf = h.make_function('own', 'F0', ['x'], ['y'], [h.make_node('Neg', ['x'], ['y'])], own)
        save('laughs', [h.make_node('F40', ['x'], ['y'], domain='own')], [], [leaf] + [twice(f'F{i}', f'F{i - 1}') for i in range(1, 41)], ['own'])
        empty = h.make_function('own', 'F0', ['x'], ['y'], [], own)
        save('empty-laughs', [h.make_node('F40', ['x'], ['y'], domain='own')], [], [empty] + [twice(f'F{i}', f'F{i - 1}') for i in range(1, 41)], ['own'])
        save('endless', [h.make_node('F1', ['x'], ['y'], domain='own')], [], [twice('F0', 'F1'), twice('F1', 'F0')], ['own'])
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string? _why = PythonOracle.WhyMissing("onnx", "numpy");

    public CompletedModels()
    {
        if (_why is not null)
            return;
        Directory.CreateDirectory(_folder.File("models"));
        System.IO.File.WriteAllText(_folder.File("secret.bin"), new string('s', 1 << 16));
        PythonOracle.Run(Script, _folder.File("models"));
    }

    public string File(string name)
    {
        Assert.SkipWhen(_why is not null, _why ?? "");
        return _folder.File($"models/{name}.onnx");
    }

    public void Dispose() => _folder.Dispose();
}
