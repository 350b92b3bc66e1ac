using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static Generator manual_seed(long seed)
    {
        Native.shim_manual_seed(seed);
        CheckForErrors();
        return Generator.Default;
    }

    public static long initial_seed() => Generator.Default.initial_seed();

    public static long seed() => Generator.Default.seed();

    public static Tensor get_rng_state() => Generator.Default.get_state();

    public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);

    public static partial class random
    {
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        public static long initial_seed() => torch.initial_seed();

        public static long seed() => torch.seed();

        public static Tensor get_rng_state() => torch.get_rng_state();

        public static void set_rng_state(Tensor new_state) => torch.set_rng_state(new_state);
    }

    /// <summary>A random generator of libtorch.</summary>
    public class Generator : IDisposable
    {
        private nint _handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            _handle = Native.shim_generator_new(seed, (int)this.device.type, this.device.index);
            if (_handle == 0) CheckForErrors();
        }

        private Generator(nint handle) => (_handle, device) = (handle, CPU);

        ~Generator() => Dispose(false);

        public static Generator Default => new(Native.shim_generator_default());

        public IntPtr Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Generator));

        public Device device { get; }

        public Generator manual_seed(long seed)
        {
            Native.shim_generator_set_seed(Handle, seed);
            CheckForErrors();
            return this;
        }

        public long initial_seed() => Native.shim_generator_current_seed(Handle);

        public long seed() => Native.shim_generator_seed(Handle);

        public Tensor get_state() => new(Native.shim_generator_get_state(Handle));

        public void set_state(Tensor value)
        {
            Native.shim_generator_set_state(Handle, value.Handle);
            CheckForErrors();
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (_handle != 0) Native.shim_generator_free(_handle);
            _handle = 0;
        }
    }
}
