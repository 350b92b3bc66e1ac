using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        internal nint DataPointer
        {
            get
            {
                nint pointer = Native.shim_tensor_data(Handle);
                if (pointer == 0) CheckForErrors();
                return pointer;
            }
        }

        /// <summary>The memory of a contiguous CPU tensor. It must not be used after the tensor is gone.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                long size = NumberOfElements * ElementSize;
                CheckBytes(size);
                return new Span<byte>((void*)DataPointer, (int)size);
            }
            set
            {
                long size = NumberOfElements * ElementSize;
                if (!is_contiguous()) throw new InvalidOperationException("SetBytes() called on non-contiguous tensor.");
                if (size != value.Length) throw new ArgumentException("Mismatched data sizes in SetBytes().");
                value.CopyTo(new Span<byte>((void*)DataPointer, value.Length));
            }
        }

        private void CheckBytes(long size)
        {
            if (!is_contiguous()) throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
            if (size > int.MaxValue) throw new ArgumentException("Span only supports up to int.MaxValue elements.");
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
        }

        public unsafe void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            CheckBytes(0);
            var next = (byte*)DataPointer;
            for (long left = NumberOfElements * ElementSize; left > 0;)
            {
                int count = (int)Math.Min(left, Math.Max(bufferSize, 1 << 20));
                stream.Write(new ReadOnlySpan<byte>(next, count));
                next += count;
                left -= count;
            }
        }

        public unsafe void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            CheckBytes(0);
            var next = (byte*)DataPointer;
            for (long left = NumberOfElements * ElementSize; left > 0;)
            {
                int count = (int)Math.Min(left, Math.Max(bufferSize, 1 << 20));
                stream.ReadExactly(new Span<byte>(next, count));
                next += count;
                left -= count;
            }
        }

        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            CheckElementType(typeof(T));
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1) throw new ArgumentException("Number of elements in the tensor must be 1");
            return data<T>()[0];
        }

        public Scalar ToScalar() => new(Aten.Value("_local_scalar_dense", this));

        private void CheckElementType(Type type)
        {
            if (TypeOf(dtype) is { } expected && expected != type) throw new ArgumentException($"{type.Name} is not compatible with {dtype}");
        }

        internal static Type TypeOf(ScalarType type) => type switch
        {
            ScalarType.Byte => typeof(byte),
            ScalarType.Int8 => typeof(sbyte),
            ScalarType.Int16 => typeof(short),
            ScalarType.Int32 => typeof(int),
            ScalarType.Int64 => typeof(long),
            ScalarType.Bool => typeof(bool),
            ScalarType.Float16 => typeof(Half),
            ScalarType.Float32 => typeof(float),
            ScalarType.Float64 => typeof(double),
            _ => null,
        };

        public double ReadCpuDouble(long i) => data<double>().AtLinear(i);
        public float ReadCpuSingle(long i) => data<float>().AtLinear(i);
        public int ReadCpuInt32(long i) => data<int>().AtLinear(i);
        public long ReadCpuInt64(long i) => data<long>().AtLinear(i);
        public byte ReadCpuByte(long i) => data<byte>().AtLinear(i);
        public sbyte ReadCpuSByte(long i) => data<sbyte>().AtLinear(i);
        public short ReadCpuInt16(long i) => data<short>().AtLinear(i);
        public bool ReadCpuBool(long i) => data<bool>().AtLinear(i);
        public T ReadCpuValue<T>(long i) where T : unmanaged => data<T>().AtLinear(i);
    }
}
