using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor of libtorch: an owned reference, given back by Dispose, by a dispose scope, or at last by the finalizer.</summary>
    public partial class Tensor : IDisposable
    {
        private static long s_totalCount;
        private static long s_peakCount;

        internal nint handle;

        internal Tensor(nint handle, bool register = true)
        {
            this.handle = handle;
            long total = Interlocked.Increment(ref s_totalCount);
            if (total > s_peakCount) s_peakCount = total;
            if (register) OwningDisposeScope = DisposeScopeManager.OfThread.Register(this);
        }

        ~Tensor() => Dispose(false);

        internal DisposeScope OwningDisposeScope { get; set; }

        public static long TotalCount => Interlocked.Read(ref s_totalCount);

        public static long PeakCount => s_peakCount;

        public IntPtr Handle => handle != 0 ? handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        public bool IsInvalid => handle == 0;

        public string? name { get; set; }

        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (handle == 0) return;
            if (disposing)
            {
                DisposeScopeManager.OfThread.Disposing(this);
                OwningDisposeScope?.MarkAsDisposed(this);
            }
            Native.shim_tensor_free(MoveHandle());
        }

        /// <summary>Takes the native reference out of this object, which is then empty.</summary>
        internal nint MoveHandle()
        {
            Interlocked.Decrement(ref s_totalCount);
            nint taken = handle;
            handle = 0;
            return taken;
        }

        public IntPtr DecoupleFromNativeHandle()
        {
            _ = Handle;
            GC.SuppressFinalize(this);
            return MoveHandle();
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null && other is not null) other.Attach(this);
            else OwningDisposeScope?.MoveToOther(other, this);
            return this;
        }

        /// <summary>Another reference to the same tensor.</summary>
        public Tensor alias() => new(Native.shim_tensor_share(Handle));

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        public bool Equals(Tensor target)
        {
            bool same = Aten.Value("equal", this, target).Integer != 0;
            return same;
        }

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
