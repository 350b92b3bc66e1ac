using System.Buffers;
using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Export;

/// <summary>
/// Shows an array of floats as its bytes without copying it. Weight files are little-endian, as are all machines that
/// .NET runs on today but one.
/// </summary>
internal sealed class FloatBytes(float[] values) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() =>
        BitConverter.IsLittleEndian
            ? MemoryMarshal.AsBytes(values.AsSpan())
            : throw new PlatformNotSupportedException("Model files are written on little-endian machines only.");

    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        var handle = GCHandle.Alloc(values, GCHandleType.Pinned);
        return new((byte*)handle.AddrOfPinnedObject() + elementIndex, handle);
    }

    public override void Unpin() { }

    protected override void Dispose(bool disposing) { }
}
