using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Transforms;

/// <summary>What NVIDIA's driver knows of its GPUs, asked without ONNX Runtime.</summary>
internal static unsafe class CudaDriver
{
    private static readonly Lazy<nint> s_library = new(Load);

    /// <summary>Why there is no such GPU, in a sentence without its full stop; null where there is one.</summary>
    public static string? WhyNoDevice(int gpu)
    {
        if (s_library.Value == 0)
            return "this machine has no NVIDIA driver";
        int count;
        int error = ((delegate* unmanaged<uint, int>)Function("cuInit"))(0);
        if (error == 0)
            error = ((delegate* unmanaged<int*, int>)Function("cuDeviceGetCount"))(&count);
        else
            count = 0;
        if (error != 0)
            return $"NVIDIA's driver finds no GPU (CUDA error {error})";
        return gpu < count ? null : $"NVIDIA's driver finds {count} GPU(s), numbered from 0";
    }

    /// <summary>Bytes that are free on a GPU; null where the driver does not say.</summary>
    public static long? FreeMemory(int gpu)
    {
        if (WhyNoDevice(gpu) is not null)
            return null;
        int device;
        if (((delegate* unmanaged<int*, int, int>)Function("cuDeviceGet"))(&device, gpu) != 0)
            return null;
        // The context that ONNX Runtime uses too, so this one makes none of its own.
        nint context;
        if (((delegate* unmanaged<nint*, int, int>)Function("cuDevicePrimaryCtxRetain"))(&context, device) != 0)
            return null;
        try
        {
            return FreeMemoryOf(context);
        }
        finally
        {
            ((delegate* unmanaged<int, int>)Function("cuDevicePrimaryCtxRelease_v2"))(device);
        }
    }

    private static long? FreeMemoryOf(nint context)
    {
        if (((delegate* unmanaged<nint, int>)Function("cuCtxPushCurrent_v2"))(context) != 0)
            return null;
        nuint free,
            total;
        int error = ((delegate* unmanaged<nuint*, nuint*, int>)Function("cuMemGetInfo_v2"))(&free, &total);
        nint popped;
        ((delegate* unmanaged<nint*, int>)Function("cuCtxPopCurrent_v2"))(&popped);
        return error == 0 ? (long)free : null;
    }

    private static nint Function(string name) => NativeLibrary.GetExport(s_library.Value, name);

    private static nint Load() =>
        NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1", out nint library)
            ? library
            : 0;
}
