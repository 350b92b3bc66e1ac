using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Activations. In place they give another reference to their input.
        public static partial class functional
        {
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_().alias() : x.relu();

            public static Tensor relu6(Tensor x, bool inplace = false) => inplace ? Aten.InPlace("relu6_", x).alias() : x.relu6();

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? input.leaky_relu_(negative_slope).alias() : input.leaky_relu(negative_slope);

            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_().alias() : x.tanh();

            public static Tensor sigmoid(Tensor x) => x.sigmoid();

            public static Tensor sigmoid(Tensor x, bool inplace) => inplace ? x.sigmoid_().alias() : x.sigmoid();

            public static Tensor silu(Tensor x, bool inplace = false) => inplace ? x.silu_().alias() : x.silu();

            public static Tensor elu(Tensor x, double alpha, bool inplace = false) => inplace ? Aten.InPlace("elu_", x, alpha).alias() : Aten.One("elu", x, alpha);

            public static Tensor gelu(Tensor x) => x.gelu();

            public static Tensor mish(Tensor x, bool inplace = false) => inplace ? Aten.InPlace("mish_", x).alias() : Aten.One("mish", x);

            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => Aten.One("softplus", x, beta, threshold);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            public static Tensor logsigmoid(Tensor x) => x.log_sigmoid();

            public static Tensor hardtanh(Tensor x, double min_val = -1, double max_val = 1, bool inplace = false) =>
                inplace ? Aten.InPlace("hardtanh_", x, min_val, max_val).alias() : Aten.One("hardtanh", x, min_val, max_val);

            public static Tensor prelu(Tensor input, Tensor weight) => input.prelu(weight);
        }
    }
}
