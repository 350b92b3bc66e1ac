using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>What kind of value crosses to or from native/operators.cpp. Kept in step with shim.h.</summary>
internal enum NativeTag : long
{
    None = 0, Tensor, Int, Double, Bool, String, IntList, DoubleList, BoolList, TensorList, OptionalTensorList, Device, Generator,
}

/// <summary>One argument or result of an operator, as shim.h lays it out.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct NativeValue
{
    [FieldOffset(0)] public NativeTag Tag;
    [FieldOffset(8)] public long Count;
    [FieldOffset(16)] public long Integer;
    [FieldOffset(16)] public double Real;
    [FieldOffset(16)] public nint Pointer;
}
