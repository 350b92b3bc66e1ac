using System.Collections.Concurrent;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>
/// Calls libtorch's operators by name ("add.Tensor"), through its dispatcher. Trailing arguments that are left out take the
/// defaults of the operator's schema.
/// </summary>
internal static unsafe class Aten
{
    private const int MostResults = 8;
    private static readonly ConcurrentDictionary<string, nint> Operators = new();

    /// <summary>Runs an operator with one tensor as its result.</summary>
    public static Tensor One(string name, params ReadOnlySpan<Arg> arguments)
    {
        var results = stackalloc NativeValue[MostResults];
        Run(name, arguments, results);
        return TensorOf(results[0]);
    }

    /// <summary>Runs an operator with two tensors as its results.</summary>
    public static (Tensor, Tensor) Two(string name, params ReadOnlySpan<Arg> arguments)
    {
        var results = stackalloc NativeValue[MostResults];
        Run(name, arguments, results);
        return (TensorOf(results[0]), TensorOf(results[1]));
    }

    /// <summary>Runs an operator with three tensors as its results.</summary>
    public static (Tensor, Tensor, Tensor) Three(string name, params ReadOnlySpan<Arg> arguments)
    {
        var results = stackalloc NativeValue[MostResults];
        Run(name, arguments, results);
        return (TensorOf(results[0]), TensorOf(results[1]), TensorOf(results[2]));
    }

    /// <summary>Runs an operator with a list of tensors as its result.</summary>
    public static Tensor[] Many(string name, params ReadOnlySpan<Arg> arguments)
    {
        var results = stackalloc NativeValue[MostResults];
        Run(name, arguments, results);
        var tensors = new Tensor[results[0].Count];
        var handles = (nint*)results[0].Pointer;
        for (int i = 0; i < tensors.Length; i++) tensors[i] = new Tensor(handles[i]);
        Native.shim_free(results[0].Pointer);
        return tensors;
    }

    /// <summary>Runs an operator that changes its first argument, and returns that argument.</summary>
    public static Tensor InPlace(string name, Tensor target, params ReadOnlySpan<Arg> arguments)
    {
        var all = new Arg[arguments.Length + 1];
        all[0] = target;
        arguments.CopyTo(all.AsSpan(1));
        var results = stackalloc NativeValue[MostResults];
        int count = Run(name, all, results);
        for (int i = 0; i < count; i++) if (results[i].Tag == NativeTag.Tensor) Native.shim_tensor_free(results[i].Pointer);
        return target;
    }

    /// <summary>Runs an operator with a number as its result.</summary>
    public static NativeValue Value(string name, params ReadOnlySpan<Arg> arguments)
    {
        var results = stackalloc NativeValue[MostResults];
        return Run(name, arguments, results) > 0 ? results[0] : default;
    }

    private static Tensor TensorOf(in NativeValue value) => value.Tag == NativeTag.Tensor ? new Tensor(value.Pointer) : null;

    private static int Run(string name, ReadOnlySpan<Arg> arguments, NativeValue* results)
    {
        if (!Operators.TryGetValue(name, out nint op)) op = Find(name);
        var values = stackalloc NativeValue[arguments.Length];
        int room = 0;
        foreach (ref readonly var argument in arguments) room += Length(argument);
        Span<long> scratch = room <= 128 ? stackalloc long[128] : new long[room];
        int count;
        fixed (long* start = scratch)
        {
            var next = start;
            for (int i = 0; i < arguments.Length; i++) next = Marshal(arguments[i], ref values[i], next);
            count = Native.shim_call(op, values, arguments.Length, results, MostResults);
        }
        // Handles are plain pointers: nothing may finalize an argument during the call.
        foreach (ref readonly var argument in arguments) GC.KeepAlive(argument.Reference);
        if (count < 0) CheckForErrors();
        return count;
    }

    private static nint Find(string name)
    {
        int dot = name.IndexOf('.');
        nint op = Native.shim_operator(dot < 0 ? name : name[..dot], dot < 0 ? "" : name[(dot + 1)..]);
        if (op == 0) CheckForErrors();
        return Operators.GetOrAdd(name, op);
    }

    private static int Length(in Arg argument) => argument.Reference switch
    {
        byte[] bytes => (bytes.Length + 7) / 8,
        Array array => array.Length,
        _ => 0,
    };

    private static long* Marshal(in Arg argument, ref NativeValue value, long* scratch)
    {
        value.Tag = argument.Tag;
        value.Integer = argument.Integer;
        switch (argument.Tag)
        {
            case NativeTag.Double: value.Real = argument.Real; return scratch;
            case NativeTag.Tensor: value.Pointer = ((Tensor)argument.Reference).Handle; return scratch;
            case NativeTag.Generator: value.Pointer = ((Generator)argument.Reference).Handle; return scratch;
            case NativeTag.Device:
                var device = (Device)argument.Reference;
                value.Integer = (long)device.type;
                value.Count = device.index;
                return scratch;
            case NativeTag.None or NativeTag.Int or NativeTag.Bool: return scratch;
        }
        value.Pointer = (nint)scratch;
        value.Count = ((Array)argument.Reference).Length;
        switch (argument.Reference)
        {
            case long[] items: items.CopyTo(new Span<long>(scratch, items.Length)); break;
            case double[] items: items.CopyTo(new Span<double>(scratch, items.Length)); break;
            case byte[] items: items.CopyTo(new Span<byte>(scratch, items.Length)); break;
            case Tensor[] items:
                for (int i = 0; i < items.Length; i++) scratch[i] = items[i] is null ? 0 : items[i].Handle;
                break;
        }
        return scratch + Length(argument);
    }
}
