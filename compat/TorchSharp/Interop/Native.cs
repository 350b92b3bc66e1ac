using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The entry points of native/*.cpp.</summary>
internal static unsafe partial class Native
{
    private const string Library = "TorchSharpShim";

    static Native()
    {
        NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, ShimLocator.Resolve);
        // Debian's libtorch starts with one thread, other builds with all cores: do as the others.
        if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is null or "" && shim_get_num_threads() == 1 && Environment.ProcessorCount > 1)
            shim_set_num_threads(Environment.ProcessorCount);
    }

    [LibraryImport(Library)] public static partial nint shim_take_error();
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial nint shim_operator(string name, string overload);
    [LibraryImport(Library)] public static partial int shim_call(nint op, NativeValue* arguments, int count, NativeValue* results, int capacity);
    [LibraryImport(Library)] public static partial void shim_free(nint memory);

    [LibraryImport(Library), SuppressGCTransition] public static partial long shim_tensor_dim(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] public static partial long shim_tensor_numel(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] public static partial void shim_tensor_sizes(nint tensor, long* into);
    [LibraryImport(Library), SuppressGCTransition] public static partial void shim_tensor_strides(nint tensor, long* into);
    [LibraryImport(Library), SuppressGCTransition] public static partial int shim_tensor_dtype(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] public static partial int shim_tensor_device(nint tensor, int* index);
    [LibraryImport(Library)] public static partial void shim_tensor_free(nint tensor);
    [LibraryImport(Library)] public static partial nint shim_tensor_share(nint tensor);
    [LibraryImport(Library)] public static partial long shim_tensor_storage_offset(nint tensor);
    [LibraryImport(Library)] public static partial int shim_tensor_is_contiguous(nint tensor);
    [LibraryImport(Library)] public static partial int shim_tensor_is_pinned(nint tensor);
    [LibraryImport(Library)] public static partial nint shim_tensor_data(nint tensor);
    [LibraryImport(Library)] public static partial nint shim_tensor_over(nint data, long* sizes, long dims, int dtype, delegate* unmanaged<nint, void> release, nint context);

    [LibraryImport(Library)] public static partial int shim_tensor_requires_grad(nint tensor);
    [LibraryImport(Library)] public static partial void shim_tensor_set_requires_grad(nint tensor, int value);
    [LibraryImport(Library)] public static partial int shim_tensor_is_leaf(nint tensor);
    [LibraryImport(Library)] public static partial void shim_tensor_retain_grad(nint tensor);
    [LibraryImport(Library)] public static partial nint shim_tensor_grad(nint tensor);
    [LibraryImport(Library)] public static partial void shim_tensor_set_grad(nint tensor, nint grad);
    [LibraryImport(Library)] public static partial void shim_backward(nint[] tensors, long count, nint[] gradients, long gradientCount, int retainGraph, int createGraph, nint[] inputs, long inputCount);
    [LibraryImport(Library)] public static partial void shim_gradients(nint[] outputs, long outputCount, nint[] inputs, long inputCount, nint[] gradients, long gradientCount, int retainGraph, int createGraph, int allowUnused, [Out] nint[] results);
    [LibraryImport(Library)] public static partial int shim_grad_enabled();
    [LibraryImport(Library)] public static partial void shim_set_grad_enabled(int value);
    [LibraryImport(Library)] public static partial nint shim_inference_enter(int value);
    [LibraryImport(Library)] public static partial void shim_inference_leave(nint guard);
    [LibraryImport(Library)] public static partial int shim_inference_enabled();

    [LibraryImport(Library)] public static partial nint shim_version();
    [LibraryImport(Library)] public static partial void shim_set_num_threads(int count);
    [LibraryImport(Library)] public static partial int shim_get_num_threads();
    [LibraryImport(Library)] public static partial void shim_set_num_interop_threads(int count);
    [LibraryImport(Library)] public static partial int shim_get_num_interop_threads();
    [LibraryImport(Library)] public static partial void shim_manual_seed(long seed);
    [LibraryImport(Library)] public static partial nint shim_generator_default();
    [LibraryImport(Library)] public static partial nint shim_generator_new(ulong seed, int device, int index);
    [LibraryImport(Library)] public static partial void shim_generator_free(nint generator);
    [LibraryImport(Library)] public static partial void shim_generator_set_seed(nint generator, long seed);
    [LibraryImport(Library)] public static partial long shim_generator_current_seed(nint generator);
    [LibraryImport(Library)] public static partial long shim_generator_seed(nint generator);
    [LibraryImport(Library)] public static partial nint shim_generator_get_state(nint generator);
    [LibraryImport(Library)] public static partial void shim_generator_set_state(nint generator, nint state);
    [LibraryImport(Library)] public static partial int shim_cuda_available();
    [LibraryImport(Library)] public static partial int shim_cudnn_available();
    [LibraryImport(Library)] public static partial int shim_cuda_device_count();
    [LibraryImport(Library)] public static partial void shim_cuda_manual_seed(long seed, int all);
    [LibraryImport(Library)] public static partial void shim_cuda_synchronize(long index);
    [LibraryImport(Library)] public static partial int shim_switch(int which);
    [LibraryImport(Library)] public static partial void shim_set_switch(int which, int value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial void shim_save(nint tensor, string path);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial nint shim_load(string path);
}
