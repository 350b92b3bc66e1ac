using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Writing whole tensors: values, other tensors, random numbers.
    public partial class Tensor
    {
        public Tensor copy_(Tensor source, bool nonBlocking = false) => Aten.InPlace("copy_", this, source, nonBlocking);

        public Tensor fill_(Scalar value) => Aten.InPlace("fill_.Scalar", this, value);

        /// <summary>As in TorchSharp 0.107, whatever its name says: new zeros on the CPU; this tensor stays as it is.</summary>
        public Tensor zero_() => zeros(shape);

        public Tensor set_(Tensor source) => Aten.InPlace("set_.source_Tensor", this, source);

        public Tensor uniform_(double from, double to, Generator? generator = null) => Aten.InPlace("uniform_", this, from, to, generator);

        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) => Aten.InPlace("normal_", this, mean, std, generator);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Aten.InPlace("bernoulli_.float", this, p, generator);

        public Tensor bernoulli_(Tensor p, Generator? generator = null) => Aten.InPlace("bernoulli_.Tensor", this, p, generator);

        public Tensor bernoulli(Generator? generator = null) => Aten.One("bernoulli", this, generator);

        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) => Aten.One("multinomial", this, num_samples, replacement, generator);

        public Tensor random_(double from, double to, Generator? generator = null) => Aten.InPlace("random_.from", this, (long)from, (long)to, generator);

        public Tensor exponential_(double lambda = 1, Generator? generator = null) => Aten.InPlace("exponential_", this, lambda, generator);
    }
}
