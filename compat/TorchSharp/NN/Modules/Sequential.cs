using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules one after another; what lies between them is disposed.</summary>
    public class Sequential : nn.Module<Tensor, Tensor>
    {
        protected internal Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules) : base(nameof(Sequential))
        {
            foreach (var (name, module) in modules) register_module(name, module);
        }

        protected internal Sequential(params nn.Module<Tensor, Tensor>[] modules) : this(modules.Select((module, i) => (i.ToString(System.Globalization.CultureInfo.InvariantCulture), module)).ToArray()) { }

        public int Count => children().Count();

        public nn.IModule<Tensor, Tensor> this[int index] => (nn.IModule<Tensor, Tensor>)children().ElementAt(index);

        public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
        {
            register_module(name, (nn.Module)module);
            return this;
        }

        public Sequential append(nn.IModule<Tensor, Tensor> module) => append(Count.ToString(System.Globalization.CultureInfo.InvariantCulture), module);

        public override Tensor forward(Tensor tensor)
        {
            var current = tensor.alias();
            foreach (var module in children())
            {
                var next = ((nn.IModule<Tensor, Tensor>)module).call(current);
                current.Dispose();
                current = next;
            }
            return current;
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Sequential Sequential() => new(Array.Empty<Module<Tensor, Tensor>>());

            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new(modules);

            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);

            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => new(modules.ToArray());

            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => new(modules.ToArray());
        }
    }
}
