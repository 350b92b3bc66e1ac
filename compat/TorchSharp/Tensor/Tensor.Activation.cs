using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Activations as methods.
    public partial class Tensor
    {
        public Tensor relu() => Aten.One("relu", this);
        public Tensor relu_() => Aten.InPlace("relu_", this);
        public Tensor relu6() => Aten.One("relu6", this);
        public Tensor silu() => Aten.One("silu", this);
        public Tensor silu_() => Aten.InPlace("silu_", this);
        public Tensor leaky_relu(Scalar negative_slope) => Aten.One("leaky_relu", this, negative_slope);
        public Tensor leaky_relu_(Scalar negative_slope) => Aten.InPlace("leaky_relu_", this, negative_slope);
        public Tensor selu() => Aten.One("selu", this);
        public Tensor hardsigmoid() => Aten.One("hardsigmoid", this);
        public Tensor hardswish() => Aten.One("hardswish", this);
        public Tensor hardtanh(Scalar min, Scalar max) => Aten.One("hardtanh", this, min, max);
        public Tensor gelu() => Aten.One("gelu", this);
        public Tensor softmax(long dim, ScalarType? dtype = null) => Aten.One("softmax.int", this, dim, dtype);
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Aten.One("log_softmax.int", this, dim, dtype);
        public Tensor log_sigmoid() => Aten.One("log_sigmoid", this);
        public Tensor glu(long dim = -1) => Aten.One("glu", this, dim);
        public Tensor elu(Scalar alpha, Scalar scale, Scalar input_scale) => Aten.One("elu", this, alpha, scale, input_scale);
        public Tensor elu(double alpha = 1) => Aten.One("elu", this, alpha);
        public Tensor celu() => Aten.One("celu", this);
        public Tensor celu(Scalar alpha) => Aten.One("celu", this, alpha);
        public Tensor prelu(Tensor target) => Aten.One("prelu", this, target);
        public Tensor softplus(double beta = 1, double threshold = 20) => Aten.One("softplus", this, beta, threshold);
        public Tensor threshold(Scalar threshold, Scalar value) => Aten.One("threshold", this, threshold, value);
    }
}
