using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Reductions whose .NET overloads differ from libtorch's.
    public partial class Tensor
    {
        public Tensor mean() => Aten.One("mean", this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => Aten.One("mean.dim", this, dimensions, keepdim, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1, dim2], keepdim, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => sum(dim.ToArray(), keepdim, type);

        public Tensor var(bool unbiased = true) => Aten.One("var", this, unbiased);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var([dim], unbiased, keepdim, type);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Typed(Aten.One("var.dim", this, dimensions, unbiased, keepdim), type);

        public Tensor std(bool unbiased = true) => Aten.One("std", this, unbiased);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std([dim], unbiased, keepdim, type);

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Typed(Aten.One("std.dim", this, dimensions, unbiased, keepdim), type);

        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) => Aten.Two("std_mean", this, unbiased);

        public (Tensor @var, Tensor mean) var_mean(bool unbiased = true) => Aten.Two("var_mean", this, unbiased);

        public (Tensor @var, Tensor mean) var_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Aten.Two("var_mean.dim", this, dimensions, unbiased, keepdim);

        public Tensor norm(float p = 2) => Aten.One("norm.Scalar", this, p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2) => Aten.One("norm.ScalarOpt_dim", this, p, new long[] { dim }, keepdim);

        public Tensor amax(params long[] dims) => Aten.One("amax", this, dims);

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => Into(Aten.One("amax", this, dims, keepdim), @out);

        public Tensor amin(params long[] dims) => Aten.One("amin", this, dims);

        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => Into(Aten.One("amin", this, dims, keepdim), @out);

        public Tensor logsumexp(long dim, bool keepdim = false) => Aten.One("logsumexp", this, new[] { dim }, keepdim);

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) => Aten.Two("sort.stable", this, stable, dim, descending);

        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Aten.One("quantile", this, q, dim, keepdim);

        public Tensor histc(long bins = 100, long min = 0, long max = 0) => Aten.One("histc", this, bins, min, max);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Aten.Value("allclose", this, target, rtol, atol, equal_nan).Integer != 0;

        private static Tensor Typed(Tensor result, ScalarType? type) => type is { } wanted && wanted != result.dtype ? result.to_type(wanted, disposeAfter: true) : result;

        private static Tensor Into(Tensor result, Tensor target)
        {
            if (target is null) return result;
            Aten.InPlace("resize_", target, result.shape);
            target.copy_(result);
            result.Dispose();
            return target;
        }
    }
}
