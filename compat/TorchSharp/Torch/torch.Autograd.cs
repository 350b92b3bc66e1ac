using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static IDisposable no_grad() => set_grad_enabled(false);

    public static IDisposable enable_grad(bool enabled = true) => set_grad_enabled(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static bool is_grad_enabled() => Native.shim_grad_enabled() != 0;

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => Native.shim_inference_enabled() != 0;

    /// <summary>Switches the thread's gradient mode until disposed.</summary>
    private sealed class GradMode : IDisposable
    {
        private readonly int _before = Native.shim_grad_enabled();

        public GradMode(bool enabled) => Native.shim_set_grad_enabled(enabled ? 1 : 0);

        public void Dispose() => Native.shim_set_grad_enabled(_before);
    }

    private sealed class InferenceMode(bool mode) : IDisposable
    {
        private nint _guard = Native.shim_inference_enter(mode ? 1 : 0);

        public void Dispose()
        {
            if (_guard != 0) Native.shim_inference_leave(_guard);
            _guard = 0;
        }
    }

    public static partial class autograd
    {
        /// <summary>The gradients of the outputs with respect to the inputs, without touching anybody's grad.</summary>
        public static IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            var results = new nint[inputs.Count];
            Native.shim_gradients(Handles(outputs), outputs.Count, Handles(inputs), inputs.Count, Handles(grad_outputs), grad_outputs?.Count ?? 0,
                retain_graph || create_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, results);
            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            CheckForErrors();
            return Array.ConvertAll(results, handle => handle == 0 ? null : new Tensor(handle));
        }

        public static void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            // libtorch wants a gradient, maybe undefined, for every tensor.
            var gradients = grad_tensors is null ? new nint[tensors.Count] : Handles(grad_tensors);
            Native.shim_backward(Handles(tensors), tensors.Count, gradients, gradients.Length, retain_graph ?? create_graph ? 1 : 0,
                create_graph ? 1 : 0, Handles(inputs), inputs?.Count ?? 0);
            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
            CheckForErrors();
        }

        public static void backward(Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        private static nint[] Handles(IList<Tensor> tensors)
        {
            if (tensors is null) return [];
            var handles = new nint[tensors.Count];
            for (int i = 0; i < handles.Length; i++) handles[i] = tensors[i] is null ? 0 : tensors[i].Handle;
            return handles;
        }
    }
}
