using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Evaluation.Tests;

/// <summary>Networks that look at images, small enough to know their answers.</summary>
public sealed class EvaluationModels : IDisposable
{
    private const string Script = """
        import sys, onnx
        from onnx import helper as h, TensorProto as T
        folder = sys.argv[1]
        def save(name, nodes, i, o, dt=T.FLOAT, ot=T.FLOAT):
            g = h.make_graph(nodes, name, [h.make_tensor_value_info('x', dt, i)], [h.make_tensor_value_info('y', ot, o)])
            onnx.save(h.make_model(g, opset_imports=[h.make_opsetid('', 17)], ir_version=8), f'{folder}/{name}.onnx')
        save('mean-color', [h.make_node('GlobalAveragePool', ['x'], ['p']), h.make_node('Flatten', ['p'], ['y'])], ['N', 3, 8, 8], ['N', 3])
        save('places', [h.make_node('Cast', ['x'], ['f'], to=T.FLOAT), h.make_node('Transpose', ['f'], ['y'], perm=[0, 3, 1, 2])], ['N', 'H', 'W', 3], ['N', 3, 'H', 'W'], dt=T.UINT8)
        save('scores', [h.make_node('Identity', ['x'], ['y'])], [1, 3, 'H', 'W'], [1, 3, 'H', 'W'])
        save('numbers', [h.make_node('ArgMax', ['x'], ['y'], axis=1, keepdims=0)], [1, 3, 4, 4], [1, 4, 4], ot=T.INT64)
        save('two-inputs', [h.make_node('Identity', ['x'], ['y'])], [1, 10], [1, 10])
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string? _why = PythonOracle.WhyMissing("onnx");

    public EvaluationModels()
    {
        if (_why is null)
            PythonOracle.Run(Script, _folder.Path);
    }

    public string File(string name)
    {
        Assert.SkipWhen(_why is not null, _why ?? "");
        return _folder.File($"{name}.onnx");
    }

    public void Dispose() => _folder.Dispose();
}
