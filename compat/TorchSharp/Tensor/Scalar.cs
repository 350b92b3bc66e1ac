using System.Numerics;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number with libtorch's idea of its type: integer, real or bool.</summary>
public sealed class Scalar : IDisposable
{
    private readonly long _integer;
    private readonly double _real;

    private Scalar(ScalarType type, long integer) => (Type, _integer, _real) = (type, integer, integer);

    private Scalar(double real) => (Type, _real, _integer) = (ScalarType.Float64, real, double.IsFinite(real) ? (long)real : 0);

    internal Scalar(NativeValue value) =>
        (Type, _integer, _real) = value.Tag switch
        {
            NativeTag.Double => (ScalarType.Float64, (long)value.Real, value.Real),
            NativeTag.Bool => (ScalarType.Bool, value.Integer, value.Integer),
            _ => (ScalarType.Int64, value.Integer, (double)value.Integer),
        };

    public ScalarType Type { get; }

    internal double Real => _real;

    internal long Integer => _integer;

    internal Arg AsArg() => Type switch
    {
        ScalarType.Float64 => _real,
        ScalarType.Bool => _integer != 0,
        _ => _integer,
    };

    public static implicit operator Scalar(byte value) => new(ScalarType.Int64, value);
    public static implicit operator Scalar(sbyte value) => new(ScalarType.Int64, value);
    public static implicit operator Scalar(short value) => new(ScalarType.Int64, value);
    public static implicit operator Scalar(int value) => new(ScalarType.Int64, value);
    public static implicit operator Scalar(long value) => new(ScalarType.Int64, value);
    public static implicit operator Scalar(bool value) => new(ScalarType.Bool, value ? 1 : 0);
    public static implicit operator Scalar(Half value) => new((double)value);
    public static implicit operator Scalar(float value) => new(value);
    public static implicit operator Scalar(double value) => new(value);

    public void Dispose() { }
}
