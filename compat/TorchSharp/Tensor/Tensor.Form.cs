using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Shape operations whose .NET overloads differ from libtorch's.
    public partial class Tensor
    {
        public Tensor T => Aten.One("numpy_T", this);

        public Tensor mT => Aten.One("mT", this);

        public Tensor expand(params long[] sizes) => Aten.One("expand", this, sizes);

        public Tensor expand(long[] sizes, bool isImplicit = false) => Aten.One("expand", this, sizes, isImplicit);

        public Tensor expand(Size sizes, bool isImplicit = false) => expand(sizes.Shape, isImplicit);

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => expand(sizes.ToArray(), isImplicit);

        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());

        public Tensor squeeze(long? dim = null) => dim is { } one ? Aten.One("squeeze.dim", this, one) : Aten.One("squeeze", this);

        public Tensor squeeze_(long? dim = null) => dim is { } one ? Aten.InPlace("squeeze_.dim", this, one) : Aten.InPlace("squeeze_", this);

        public Tensor roll(long shifts, long? dims = null) => Aten.One("roll", this, new[] { shifts }, dims is { } one ? new[] { one } : Array.Empty<long>());

        public Tensor slice(long dim, long start, long finish, long step) => Aten.One("slice.Tensor", this, dim, start, finish, step);

        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) => Aten.One("as_strided", this, size, strides, storageOffset);

        public Tensor[] split(long size, int dim = 0) => Aten.Many("split.Tensor", this, size, (long)dim);

        public Tensor[] split(long[] sizes, long dim = 0) => Aten.Many("split_with_sizes", this, sizes, dim);

        public Tensor[] split(params long[] sizes) => split(sizes, 0);

        public Tensor[] tensor_split(long size, long dim = 0) => Aten.Many("tensor_split.sections", this, size, dim);

        public Tensor[] tensor_split(long[] sizes, long dim = 0) => Aten.Many("tensor_split.indices", this, sizes, dim);

        public Tensor unflatten(long dim, Size sizes) => unflatten(dim, sizes.Shape);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) => Aten.One("repeat_interleave.self_int", this, repeats, dim, output_size);

        public Tensor rot90(long k = 1, (long, long)? dims = null)
        {
            var (first, second) = dims ?? (0, 1);
            return Aten.One("rot90", this, k, new[] { first, second });
        }

        public Tensor round(long decimals = 0) => Aten.One("round.decimals", this, decimals);

        public Tensor round_(long decimals = 0) => Aten.InPlace("round_.decimals", this, decimals);

        public Tensor where(Tensor condition, Tensor y) => Aten.One("where.self", condition, this, y);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Aten.One("div.Tensor_mode", this, target, Name(rounding_mode));

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Aten.One("div.Scalar_mode", this, target, Name(rounding_mode));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Aten.InPlace("div_.Tensor_mode", this, target, Name(rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Aten.InPlace("div_.Scalar_mode", this, target, Name(rounding_mode));

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        private static string Name(RoundingMode mode) => mode switch
        {
            RoundingMode.trunc => "trunc",
            RoundingMode.floor => "floor",
            _ => null,
        };
    }
}
