using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor this[long i1]
        {
            get => index(new TensorIndex[] { i1 });
            set => index_put_(value, new TensorIndex[] { i1 });
        }

        public Tensor this[long i1, long i2]
        {
            get => index(new TensorIndex[] { i1, i2 });
            set => index_put_(value, new TensorIndex[] { i1, i2 });
        }

        public Tensor this[long i1, long i2, long i3]
        {
            get => index(new TensorIndex[] { i1, i2, i3 });
            set => index_put_(value, new TensorIndex[] { i1, i2, i3 });
        }

        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index(new TensorIndex[] { i1, i2, i3, i4 });
            set => index_put_(value, new TensorIndex[] { i1, i2, i3, i4 });
        }

        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor index(params Tensor[] indices) => Aten.One("index.Tensor", this, Arg.OptionalTensors(indices));

        public Tensor index(params TensorIndex[] indices)
        {
            using var scope = NewDisposeScope();
            var (view, picked) = View(indices);
            return (picked is null ? view.alias() : view.index(picked)).MoveToOuterDisposeScope();
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => Aten.InPlace("index_put_", this, Arg.OptionalTensors(indices), value);

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            using var scope = NewDisposeScope();
            var (view, picked) = View(indices);
            if (picked is null) view.copy_(value);
            else view.index_put_(value, picked);
            return this;
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var scope = NewDisposeScope();
            return index_put_(FromScalar(value).to(dtype, device), indices);
        }

        /// <summary>The view that numbers, ranges and new axes select, and the tensors that still pick from it, if any.</summary>
        private (Tensor View, Tensor[] Picked) View(TensorIndex[] indices)
        {
            var view = this;
            var picked = new List<Tensor>();
            int used = indices.Count(index => index.What is not (TensorIndex.Kind.Ellipsis or TensorIndex.Kind.None));
            foreach (var index in indices)
            {
                long at = picked.Count;
                switch (index.What)
                {
                    case TensorIndex.Kind.None:
                        view = view.unsqueeze(at);
                        picked.Add(null);
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        for (long skipped = dim() - used; skipped > 0; skipped--) picked.Add(null);
                        break;
                    case TensorIndex.Kind.Single:
                        view = view.select(at, index.Start ?? 0);
                        break;
                    case TensorIndex.Kind.Slice:
                        view = Aten.One("slice.Tensor", view, at, index.Start, index.Stop, index.Step ?? 1);
                        picked.Add(null);
                        break;
                    case TensorIndex.Kind.Tensor:
                        picked.Add(index.Picked);
                        break;
                }
            }
            return (view, picked.Exists(tensor => tensor is not null) ? [.. picked] : null);
        }
    }
}
