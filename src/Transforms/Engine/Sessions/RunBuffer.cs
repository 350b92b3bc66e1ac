using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// The pixels on one side of a run: memory of ONNX Runtime's, seen as bytes here and as a uint8 tensor there. It grows
/// and never shrinks.
/// </summary>
/// <param name="allocator">Where the memory comes from; it must lie in the host's address space.</param>
internal sealed unsafe class RunBuffer(OrtAllocator allocator) : IDisposable
{
    private OrtMemoryAllocation? _memory;
    private OrtValue? _tensor;
    private int _length;

    /// <summary>The pixels of the tensor made last.</summary>
    public Span<byte> Pixels => _memory is null ? [] : new((void*)_memory.DangerousGetHandle(), _length);

    /// <summary>A tensor [batch, height, width, samples] over the memory; it is valid until the next.</summary>
    /// <exception cref="OverflowException">It would have more bytes than an array may.</exception>
    public OrtValue Tensor(int batch, int height, int width, int samples)
    {
        int length = checked(batch * height * width * samples);
        if (_memory is null || _memory.Size < length)
        {
            _memory?.Dispose();
            _memory = null;
            _memory = allocator.Allocate((uint)length);
        }
        _length = length;
        _tensor?.Dispose();
        _tensor = null;
        using var info = allocator.Info;
        return _tensor = OrtValue.CreateTensorValueWithData(
            info,
            TensorElementType.UInt8,
            [batch, height, width, samples],
            _memory.DangerousGetHandle(),
            length
        );
    }

    public void Dispose()
    {
        _tensor?.Dispose();
        _memory?.Dispose();
    }
}
