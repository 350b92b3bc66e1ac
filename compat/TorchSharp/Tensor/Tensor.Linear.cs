using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Products and factorisations.
    public partial class Tensor
    {
        public Tensor addbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => Aten.One("addbmm", this, batch1, batch2, beta, alpha);
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Aten.One("addmm", this, mat1, mat2, beta, alpha);
        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Aten.InPlace("addmm_", this, mat1, mat2, beta, alpha);
        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1, float alpha = 1) => Aten.One("addmv", this, mat, vec, beta, alpha);
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => Aten.One("baddbmm", this, batch1, batch2, beta, alpha);
        public Tensor bmm(Tensor batch2) => Aten.One("bmm", this, batch2);
        public Tensor cholesky(bool upper = false) => Aten.One("cholesky", this, upper);
        public Tensor det() => Aten.One("det", this);
        public Tensor dot(Tensor target) => Aten.One("dot", this, target);
        public Tensor inner(Tensor vec2) => Aten.One("inner", this, vec2);
        public Tensor inverse() => Aten.One("inverse", this);
        public Tensor kron(Tensor other) => Aten.One("kron", this, other);
        public Tensor logdet() => Aten.One("logdet", this);
        public Tensor matmul(Tensor target) => Aten.One("matmul", this, target);
        public Tensor matrix_exp() => Aten.One("matrix_exp", this);
        public Tensor mm(Tensor target) => Aten.One("mm", this, target);
        public Tensor mv(Tensor target) => Aten.One("mv", this, target);
        public Tensor outer(Tensor vec2) => Aten.One("outer", this, vec2);
        public Tensor trace() => Aten.One("trace", this);
        public Tensor vdot(Tensor target) => Aten.One("vdot", this, target);
    }
}
