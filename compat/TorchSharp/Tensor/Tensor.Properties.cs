using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public long Dimensions => Native.shim_tensor_dim(Handle);

        public long dim() => Dimensions;

        public long ndim => Dimensions;

        public long NumberOfElements => Native.shim_tensor_numel(Handle);

        public long numel() => NumberOfElements;

        public long ElementSize => dtype.ElementSize();

        public long element_size() => ElementSize;

        public ScalarType dtype => (ScalarType)Native.shim_tensor_dtype(Handle);

        public Device device
        {
            get
            {
                var type = DeviceOf(out int index);
                return new Device(type, index);
            }
        }

        public DeviceType device_type => DeviceOf(out _);

        public int device_index
        {
            get
            {
                DeviceOf(out int index);
                return index;
            }
        }

        private unsafe DeviceType DeviceOf(out int index)
        {
            int found;
            var type = (DeviceType)Native.shim_tensor_device(Handle, &found);
            CheckForErrors();
            index = found;
            return type;
        }

        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[Dimensions];
                fixed (long* start = sizes) Native.shim_tensor_sizes(Handle, start);
                return sizes;
            }
        }

        public long[] size() => shape;

        public long size(int dim)
        {
            var sizes = shape;
            int index = dim < 0 ? dim + sizes.Length : dim;
            if (index >= 0 && index < sizes.Length) return sizes[index];
            throw new System.Runtime.InteropServices.ExternalException(
                $"Dimension out of range (expected to be in range of [{-sizes.Length}, {sizes.Length - 1}], but got {dim})");
        }

        public unsafe long[] stride()
        {
            var strides = new long[Dimensions];
            fixed (long* start = strides) Native.shim_tensor_strides(Handle, start);
            return strides;
        }

        public long stride(int dim)
        {
            var strides = stride();
            return strides[dim < 0 ? dim + strides.Length : dim];
        }

        public long storage_offset() => Native.shim_tensor_storage_offset(Handle);

        public bool is_contiguous() => Native.shim_tensor_is_contiguous(Handle) != 0;

        public bool is_pinned() => Native.shim_tensor_is_pinned(Handle) != 0;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public bool is_nonzero()
        {
            if (numel() != 1) throw new InvalidOperationException("is_nonzero() called on non-singleton tensor");
            return ToScalar().ToBoolean();
        }

        public bool requires_grad
        {
            get => Native.shim_tensor_requires_grad(Handle) != 0;
            set
            {
                Native.shim_tensor_set_requires_grad(Handle, value ? 1 : 0);
                CheckForErrors();
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public bool is_leaf => Native.shim_tensor_is_leaf(Handle) != 0;

        /// <summary>The accumulated gradient or null. Each read gives a new reference; writing null drops the gradient.</summary>
        public Tensor? grad
        {
            get
            {
                nint found = Native.shim_tensor_grad(Handle);
                CheckForErrors();
                return found == 0 ? null : new Tensor(found);
            }
            set
            {
                Native.shim_tensor_set_grad(Handle, value is null ? 0 : value.Handle);
                CheckForErrors();
            }
        }

        public void retain_grad()
        {
            Native.shim_tensor_retain_grad(Handle);
            CheckForErrors();
        }

        public void backward() => autograd.backward([this]);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        public static Tensor load(string location) => torch.load(location);

        public void save(string location) => torch.save(this, location);
    }
}
