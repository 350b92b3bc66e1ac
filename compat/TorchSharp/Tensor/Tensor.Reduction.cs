using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Sums, means, extremes, orders.
    public partial class Tensor
    {
        public Tensor all() => Aten.One("all", this);
        public Tensor all(long dim, bool keepdim = false) => Aten.One("all.dim", this, dim, keepdim);
        public Tensor any() => Aten.One("any", this);
        public Tensor any(long dim, bool keepdim = false) => Aten.One("any.dim", this, dim, keepdim);
        public Tensor argmax() => Aten.One("argmax", this);
        public Tensor argmax(long dim, bool keepdim = false) => Aten.One("argmax", this, dim, keepdim);
        public Tensor argmin() => Aten.One("argmin", this);
        public Tensor argmin(long dim, bool keepdim = false) => Aten.One("argmin", this, dim, keepdim);
        public Tensor argsort(long dim = -1, bool descending = false) => Aten.One("argsort", this, dim, descending);
        public Tensor cumsum(long dim, ScalarType? type = null) => Aten.One("cumsum", this, dim, type);
        public Tensor cumprod(long dim, ScalarType? type = null) => Aten.One("cumprod", this, dim, type);
        public (Tensor, Tensor) cummax(long dim) => Aten.Two("cummax", this, dim);
        public (Tensor, Tensor) cummin(long dim) => Aten.Two("cummin", this, dim);
        public Tensor count_nonzero(long[]? dims = null) => Aten.One("count_nonzero.dim_IntList", this, dims);
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Aten.Two("max.dim", this, dim, keepdim);
        public Tensor max() => Aten.One("max", this);
        public Tensor max(Tensor other) => Aten.One("max.other", this, other);
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Aten.Two("min.dim", this, dim, keepdim);
        public Tensor min() => Aten.One("min", this);
        public Tensor min(Tensor other) => Aten.One("min.other", this, other);
        public Tensor median() => Aten.One("median", this);
        public (Tensor, Tensor) mode(long dim = -1, bool keepdim = false) => Aten.Two("mode", this, dim, keepdim);
        public Tensor nansum() => Aten.One("nansum", this);
        public Tensor prod(ScalarType? type = null) => Aten.One("prod", this, type);
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Aten.One("prod.dim_int", this, dim, keepdim, type);
        public Tensor sum(ScalarType? type = null) => Aten.One("sum", this, type);
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Aten.One("sum.dim_IntList", this, dim, keepdim, type);
        public (Tensor, Tensor) topk(int k, int dim = -1, bool largest = true, bool sorted = true) => Aten.Two("topk", this, k, dim, largest, sorted);
    }
}
