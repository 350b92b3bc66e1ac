using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The version of the libtorch that the shim was built against.</summary>
    public static string __version__ => Marshal.PtrToStringUTF8(Native.shim_version());

    /// <summary>Throws libtorch's message if the last call of this thread failed.</summary>
    /// <exception cref="ExternalException">It failed.</exception>
    public static void CheckForErrors()
    {
        nint message = Native.shim_take_error();
        if (message != 0) throw new ExternalException(Marshal.PtrToStringUTF8(message));
    }

    public static void set_num_threads(int num)
    {
        Native.shim_set_num_threads(num);
        CheckForErrors();
    }

    public static int get_num_threads() => Native.shim_get_num_threads();

    public static void set_num_interop_threads(int num)
    {
        Native.shim_set_num_interop_threads(num);
        CheckForErrors();
    }

    public static int get_num_interop_threads() => Native.shim_get_num_interop_threads();

    public static bool cuda_is_available() => cuda.is_available();

    public static void save(Tensor t, string location)
    {
        Native.shim_save(t.Handle, location);
        CheckForErrors();
    }

    public static Tensor load(string location)
    {
        nint tensor = Native.shim_load(location);
        if (tensor == 0) CheckForErrors();
        return new Tensor(tensor);
    }

    public static partial class cuda
    {
        public static bool is_available() => Native.shim_cuda_available() != 0;

        public static bool is_cudnn_available() => Native.shim_cudnn_available() != 0;

        public static int device_count() => Native.shim_cuda_device_count();

        public static void manual_seed(long seed) => Native.shim_cuda_manual_seed(seed, 0);

        public static void manual_seed_all(long seed) => Native.shim_cuda_manual_seed(seed, 1);

        public static void synchronize(Device? device = null)
        {
            Native.shim_cuda_synchronize(device?.index ?? -1);
            CheckForErrors();
        }
    }

    public static partial class backends
    {
        public static partial class cuda
        {
            public static partial class matmul
            {
                public static bool allow_tf32
                {
                    get => Native.shim_switch(0) != 0;
                    set => Native.shim_set_switch(0, value ? 1 : 0);
                }

                public static bool allow_fp16_reduced_precision_reduction
                {
                    get => Native.shim_switch(2) != 0;
                    set => Native.shim_set_switch(2, value ? 1 : 0);
                }
            }
        }

        public static partial class cudnn
        {
            public static bool allow_tf32
            {
                get => Native.shim_switch(1) != 0;
                set => Native.shim_set_switch(1, value ? 1 : 0);
            }
        }
    }
}
