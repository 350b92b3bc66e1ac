using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Views, joins, copies and rearrangements.
    public partial class Tensor
    {
        public Tensor broadcast_to(params long[] shape) => Aten.One("broadcast_to", this, shape);
        public Tensor[] chunk(long chunks, long dim = 0) => Aten.Many("chunk", this, chunks, dim);
        public Tensor clone() => Aten.One("clone", this);
        public Tensor contiguous() => Aten.One("contiguous", this);
        public Tensor detach() => Aten.One("detach", this);
        public Tensor detach_() => Aten.InPlace("detach_", this);
        public Tensor diag(long diagonal = 0) => Aten.One("diag", this, diagonal);
        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) => Aten.One("diagonal", this, offset, dim1, dim2);
        public Tensor diag_embed(long offset = 0, long dim1 = -2, long dim2 = -1) => Aten.One("diag_embed", this, offset, dim1, dim2);
        public Tensor expand_as(Tensor other) => Aten.One("expand_as", this, other);
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Aten.One("flatten.using_ints", this, start_dim, end_dim);
        public Tensor flip(params long[] dims) => Aten.One("flip", this, dims);
        public Tensor fliplr() => Aten.One("fliplr", this);
        public Tensor flipud() => Aten.One("flipud", this);
        public Tensor movedim(long[] source, long[] destination) => Aten.One("movedim.intlist", this, source, destination);
        public Tensor narrow(long dim, long start, long length) => Aten.One("narrow", this, dim, start, length);
        public Tensor permute(params long[] permutation) => Aten.One("permute", this, permutation);
        public Tensor ravel() => Aten.One("ravel", this);
        public Tensor repeat(params long[] sizes) => Aten.One("repeat", this, sizes);
        public Tensor reshape(params long[] shape) => Aten.One("reshape", this, shape);
        public Tensor roll(long[] shifts) => Aten.One("roll", this, shifts);
        public Tensor roll(long[] shifts, long[] dims) => Aten.One("roll", this, shifts, dims);
        public Tensor select(long dim, long index) => Aten.One("select.int", this, dim, index);
        public Tensor swapaxes(long dim0, long dim1) => Aten.One("swapaxes", this, dim0, dim1);
        public Tensor swapdims(long dim0, long dim1) => Aten.One("swapdims", this, dim0, dim1);
        public Tensor t() => Aten.One("t", this);
        public Tensor tile(long[] reps) => Aten.One("tile", this, reps);
        public Tensor transpose(long dim0, long dim1) => Aten.One("transpose.int", this, dim0, dim1);
        public Tensor transpose_(long dim0, long dim1) => Aten.InPlace("transpose_", this, dim0, dim1);
        public Tensor tril(long diagonal = 0) => Aten.One("tril", this, diagonal);
        public Tensor triu(long diagonal = 0) => Aten.One("triu", this, diagonal);
        public Tensor tril_(long diagonal = 0) => Aten.InPlace("tril_", this, diagonal);
        public Tensor triu_(long diagonal = 0) => Aten.InPlace("triu_", this, diagonal);
        public Tensor[] unbind(long dimension = 0) => Aten.Many("unbind.int", this, dimension);
        public Tensor unflatten(long dim, params long[] sizes) => Aten.One("unflatten.int", this, dim, sizes);
        public Tensor unfold(long dimension, long size, long step) => Aten.One("unfold", this, dimension, size, step);
        public Tensor unsqueeze(long dim) => Aten.One("unsqueeze", this, dim);
        public Tensor unsqueeze_(long dim) => Aten.InPlace("unsqueeze_", this, dim);
        public Tensor view(params long[] shape) => Aten.One("view", this, shape);
        public Tensor view_as(Tensor other) => Aten.One("view_as", this, other);
        public Tensor pin_memory() => Aten.One("pin_memory", this);
    }
}
