namespace Microsoft.ML.Data;

/// <summary>A mapper in which output i depends on input i alone.</summary>
internal abstract class OneToOneRowMapper : RowMapper
{
    private readonly int[] _inputs;

    protected OneToOneRowMapper(OneToOneTransformerBase parent, DataViewSchema inputSchema)
    {
        InputSchema = inputSchema;
        _inputs = parent.BindInputs(inputSchema);
    }

    protected DataViewSchema InputSchema { get; }

    protected DataViewSchema.Column InputColumn(int output) => InputSchema[_inputs[output]];

    public override Func<int, bool> GetDependencies(Func<int, bool> activeOutput)
    {
        var needed = Enumerable.Range(0, _inputs.Length).Where(activeOutput).Select(i => _inputs[i]).ToHashSet();
        return needed.Contains;
    }

    public override Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput, out Action disposer)
    {
        var getters = new Delegate[_inputs.Length];
        Action all = null;
        for (var i = 0; i < getters.Length; i++)
        {
            if (!activeOutput(i)) continue;
            getters[i] = MakeGetter(input, i, out var own);
            all += own;
        }
        disposer = all;
        return getters;
    }

    protected abstract Delegate MakeGetter(DataViewRow input, int output, out Action disposer);
}
