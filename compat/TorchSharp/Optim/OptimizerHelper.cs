using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>An optimizer written in C#: state by parameter, saving, loading.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    internal Dictionary<nint, OptimizerState> States { get; } = [];

    public OptimizerHelper() : base(0) { }

    protected OptimizerOptions _defaults;

    public virtual StateDictionary state_dict()
    {
        var state = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            state.Options.Add(group.Options);
            var indices = new List<int>();
            state.StateIndexRef.Add(indices);
            foreach (var parameter in group.Parameters)
            {
                indices.Add(state.State.Count);
                state.State.Add(States[parameter.Handle]);
            }
        }
        return state;
    }

    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        CheckCounts(own, state_dict.Options.Count, state_dict.State.Count);
        for (int i = 0; i < own.Options.Count; i++) if (own.Options[i] != state_dict.Options[i]) own.Options[i].LoadStateDict(state_dict.Options[i]);
        for (int i = 0; i < own.State.Count; i++) if (own.State[i] != state_dict.State[i]) own.State[i].LoadStateDict(state_dict.State[i]);
    }

    public void save_state_dict(string location)
    {
        using var writer = new BinaryWriter(File.Create(location));
        save_state_dict(writer);
    }

    public void save_state_dict(BinaryWriter writer)
    {
        writer.Write(GetType().Name);
        var state = state_dict();
        writer.Write7BitEncodedInt64(state.Options.Count);
        writer.Write7BitEncodedInt64(state.State.Count);
        foreach (var options in state.Options) options.SaveStateDict(writer);
        foreach (var one in state.State) one.SaveStateDict(writer);
    }

    public void load_state_dict(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        load_state_dict(reader);
    }

    public void load_state_dict(BinaryReader reader)
    {
        var name = reader.ReadString();
        if (name != GetType().Name) throw new InvalidDataException($"Mismatched optimizer type: expected '{GetType().Name}', but found '{name}' in the loaded stream.");
        var own = state_dict();
        CheckCounts(own, reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64());
        foreach (var options in own.Options) options.LoadStateDict(reader);
        foreach (var state in own.State) state.LoadStateDict(reader);
    }

    public void to(Device device)
    {
        foreach (var state in States.Values) state.to(device);
    }

    /// <summary>Runs the closure with gradients, then the body for every group without, in a dispose scope.</summary>
    protected Tensor _step<T>(Action<T> body, Func<Tensor>? loss_closure = null) where T : ParamGroup
    {
        Tensor loss = null;
        if (loss_closure is not null) using (enable_grad()) loss = loss_closure();
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        foreach (var group in _parameter_groups) body((T)group);
        return loss;
    }

    private static void CheckCounts(StateDictionary own, long options, long states)
    {
        if (options != own.Options.Count) throw new ArgumentException("Invalid optimizer state -- different number of parameter groups.");
        if (states != own.State.Count) throw new ArgumentException("Invalid optimizer state -- different number of states.");
    }
}
