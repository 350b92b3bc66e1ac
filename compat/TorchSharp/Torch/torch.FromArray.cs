using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor over the array's own memory (which stays pinned while the tensor lives), unless type or device differ.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        NoNames(names);
        return Finished(Shared(rawArray, ElementTypeOf(rawArray), Lengths(rawArray), 0), dtype, device, requires_grad);
    }

    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        if (rawArray.Rank != 1) throw new ArgumentException("frombuffer() takes a one-dimensional array.", nameof(rawArray));
        int size = dtype.ElementSize();
        long room = Buffer.ByteLength(rawArray) - offset;
        long items = count < 0 ? room / size : count;
        if (offset < 0 || items * size > room) throw new ArgumentException($"frombuffer(): {items} items of {size} bytes from {offset} do not fit into {room + offset} bytes.");
        return Finished(Shared(rawArray, dtype, [items], offset), null, null, requires_grad);
    }

    private static Tensor Copied(Array values, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device device, bool requires_grad, string[] names)
    {
        NoNames(names);
        long count = 1;
        foreach (long dimension in dimensions) count *= dimension;
        if (count > values.LongLength) throw new ArgumentException($"mismatched total size creating a tensor from an array: {count} vs. {values.LongLength}");
        var type = ElementTypeOf(values);
        var tensor = Aten.One("empty.memory_format", dimensions.ToArray(), type, Arg.None, CPU);
        Bytes(values, count * type.ElementSize()).CopyTo(RawBytes(tensor, count * type.ElementSize()));
        return Finished(tensor, dtype, device, requires_grad);
    }

    private static Tensor Filled(Scalar value, ScalarType type, Device device, bool requires_grad)
    {
        var tensor = Aten.One("full", Array.Empty<long>(), value, type, Arg.None, InitializeDevice(device));
        return requires_grad ? tensor.requires_grad_() : tensor;
    }

    private static Tensor FromScalar(Scalar value) => Filled(value, value.Type, null, false);

    private static Tensor Finished(Tensor tensor, ScalarType? dtype, Device device, bool requires_grad)
    {
        device = InitializeDevice(device);
        var type = dtype ?? tensor.dtype;
        if (type != tensor.dtype || device.type != DeviceType.CPU) tensor = tensor.to(type, device, disposeAfter: true);
        return requires_grad ? tensor.requires_grad_() : tensor;
    }

    private static unsafe Tensor Shared(Array array, ScalarType type, long[] sizes, long offset)
    {
        var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        nint start = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array)) + (nint)offset;
        nint handle;
        fixed (long* first = sizes) handle = Native.shim_tensor_over(start, first, sizes.Length, (int)type, &Release, GCHandle.ToIntPtr(pin));
        if (handle == 0)
        {
            pin.Free();
            CheckForErrors();
        }
        return new Tensor(handle);
    }

    [UnmanagedCallersOnly]
    private static void Release(nint pin) => GCHandle.FromIntPtr(pin).Free();

    private static unsafe Span<byte> RawBytes(Tensor tensor, long size) => size == 0 ? default : new((void*)tensor.DataPointer, checked((int)size));

    private static ReadOnlySpan<byte> Bytes(Array array, long size) =>
        size == 0 ? default : MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(array), checked((int)size));

    private static long[] Lengths(Array array)
    {
        var lengths = new long[array.Rank];
        for (int i = 0; i < lengths.Length; i++) lengths[i] = array.GetLongLength(i);
        return lengths;
    }

    private static ScalarType ElementTypeOf(Array array) => Type.GetTypeCode(array.GetType().GetElementType()) switch
    {
        TypeCode.Byte => ScalarType.Byte,
        TypeCode.SByte => ScalarType.Int8,
        TypeCode.Int16 => ScalarType.Int16,
        TypeCode.Int32 => ScalarType.Int32,
        TypeCode.Int64 => ScalarType.Int64,
        TypeCode.Single => ScalarType.Float32,
        TypeCode.Double => ScalarType.Float64,
        TypeCode.Boolean => ScalarType.Bool,
        _ when array is Half[] => ScalarType.Float16,
        _ => throw new NotSupportedException($"Tensors of {array.GetType().GetElementType()}: use the real TorchSharp package."),
    };
}
