using System.Reflection;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Runs the model once a row, when the first of its columns is asked for, and serves all columns from that run.</summary>
internal sealed class OnnxRowMapper : RowMapper
{
    private static readonly MethodInfo s_getter = typeof(OnnxRowMapper).GetMethod(nameof(TensorGetter), BindingFlags.NonPublic | BindingFlags.Instance);
    private readonly OnnxTransformer _parent;
    private readonly OnnxVariable[] _outputs;
    private readonly (DataViewSchema.Column Column, int[] Shape)[] _inputs;

    public OnnxRowMapper(OnnxTransformer parent, DataViewSchema inputSchema)
    {
        _parent = parent;
        _outputs = parent.Outputs.Select(parent.Model.Output).ToArray();
        _inputs = parent.Inputs.Select(name => Bind(parent.Model.Input(name), inputSchema)).ToArray();
    }

    private static (DataViewSchema.Column, int[]) Bind(OnnxVariable variable, DataViewSchema inputSchema)
    {
        var shape = variable.Shape.Select((d, i) => d > 0 ? d : i == 0 && d < 0 ? 1 : 0).ToArray();
        if (shape.Count(d => d == 0) > 1) throw new ArgumentOutOfRangeException(variable.Name, "Only 1 unknown dimension is allowed");
        var column = inputSchema.GetColumnOrNull(variable.Name) ?? throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", variable.Name);
        var vector = column.Type as VectorDataViewType;
        if ((vector?.ItemType ?? column.Type) != variable.Type.ItemType)
            throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", variable.Name, variable.Type.ItemType.ToString(), column.Type.ToString());
        var length = vector?.Size ?? 1;
        if (!shape.Contains(0) && length % shape.Aggregate(1, (product, d) => product * d) != 0)
            throw Contracts.Except($"Input shape mismatch: Input '{variable.Name}' has shape {string.Join(",", shape)}, but input data is of length {length}.");
        return (column, shape);
    }

    public override DataViewSchema.DetachedColumn[] GetOutputColumns()
        => _outputs.Select(o => new DataViewSchema.DetachedColumn(o.Name.EndsWith(".output", StringComparison.Ordinal) ? o.Name.Replace(".output", "") : o.Name, o.Type)).ToArray();

    public override Func<int, bool> GetDependencies(Func<int, bool> activeOutput)
    {
        if (!Enumerable.Range(0, _outputs.Length).Any(activeOutput)) return _ => false;
        var needed = _inputs.Select(i => i.Column.Index).ToHashSet();
        return needed.Contains;
    }

    public override Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput, out Action disposer)
    {
        var active = _outputs.Where((_, i) => activeOutput(i)).Select(o => o.Name).ToArray();
        if (active.Length == 0)
        {
            disposer = null;
            return new Delegate[_outputs.Length];
        }
        var sources = _inputs.Select(i => OnnxInput.Create(input, i.Column, i.Shape)).ToArray();
        IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = null;
        long served = -1;
        NamedOnnxValue Result(string name)
        {
            if (served != input.Position)
            {
                var values = sources.Select(read => read()).ToArray();
                results?.Dispose();
                results = _parent.Model.Run(values, active);
                served = input.Position;
            }
            return results.First(r => r.Name == name);
        }
        disposer = () => results?.Dispose();
        return _outputs.Select((o, i) => !activeOutput(i) ? null
            : o.Type.ItemType is TextDataViewType ? TextGetter(() => Result(o.Name))
            : Generic.Invoke<Delegate>(s_getter, o.Type.ItemType.RawType, this, (Func<NamedOnnxValue>)(() => Result(o.Name)))).ToArray();
    }

    private Delegate TensorGetter<T>(Func<NamedOnnxValue> result) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> dst) =>
    {
        var value = result();
        if (value.AsTensor<T>() is not DenseTensor<T> tensor)
            throw Contracts.Except($"Output column {value.Name} doesn't contain a DenseTensor of expected type {typeof(T)}");
        var editor = VBufferEditor.Create(ref dst, (int)tensor.Length);
        tensor.Buffer.Span.CopyTo(editor.Values);
        dst = editor.Commit();
    });

    private static Delegate TextGetter(Func<NamedOnnxValue> result) => (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)((ref VBuffer<ReadOnlyMemory<char>> dst) =>
    {
        var texts = result().AsTensor<string>().ToArray();
        var editor = VBufferEditor.Create(ref dst, texts.Length);
        for (var i = 0; i < texts.Length; i++) editor.Values[i] = texts[i].AsMemory();
        dst = editor.Commit();
    });
}
