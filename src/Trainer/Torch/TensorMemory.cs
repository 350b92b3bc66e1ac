using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Trainer;

/// <summary>The memory of tensors on the CPU, for kernels of our own.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>The first value of a contiguous tensor of float32. It is there as long as the tensor is.</summary>
    public static float* Floats(Tensor tensor) =>
        (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
}
