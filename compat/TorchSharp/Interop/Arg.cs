using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>An argument of an operator: whatever libtorch's schemas take.</summary>
internal readonly struct Arg
{
    public readonly NativeTag Tag;
    public readonly object Reference;
    public readonly long Integer;
    public readonly double Real;

    private Arg(NativeTag tag, object? reference = null, long integer = 0, double real = 0) =>
        (Tag, Reference, Integer, Real) = (tag, reference, integer, real);

    /// <summary>An optional argument that is not given.</summary>
    public static Arg None => default;

    public static Arg OptionalTensors(Tensor[] tensors) => new(NativeTag.OptionalTensorList, tensors);

    public static implicit operator Arg(Tensor tensor) => tensor is null ? default : new(NativeTag.Tensor, tensor);
    public static implicit operator Arg(long value) => new(NativeTag.Int, integer: value);
    public static implicit operator Arg(long? value) => value is { } given ? new(NativeTag.Int, integer: given) : default;
    public static implicit operator Arg(double value) => new(NativeTag.Double, real: value);
    public static implicit operator Arg(double? value) => value is { } given ? new(NativeTag.Double, real: given) : default;
    public static implicit operator Arg(bool value) => new(NativeTag.Bool, integer: value ? 1 : 0);
    public static implicit operator Arg(bool? value) => value is { } given ? (Arg)given : default;
    public static implicit operator Arg(string text) => text is null ? default : new(NativeTag.String, System.Text.Encoding.UTF8.GetBytes(text));
    public static implicit operator Arg(long[] values) => values is null ? default : new(NativeTag.IntList, values);
    public static implicit operator Arg(double[] values) => values is null ? default : new(NativeTag.DoubleList, values);
    public static implicit operator Arg(Tensor[] tensors) => tensors is null ? default : new(NativeTag.TensorList, tensors);
    public static implicit operator Arg(ScalarType type) => new(NativeTag.Int, integer: (long)type);
    public static implicit operator Arg(ScalarType? type) => type is { } given ? (Arg)given : default;
    public static implicit operator Arg(Device device) => device is null ? default : new(NativeTag.Device, device);
    public static implicit operator Arg(Generator generator) => generator is null ? default : new(NativeTag.Generator, generator);
    public static implicit operator Arg(Scalar scalar) => scalar is null ? default : scalar.AsArg();
}
