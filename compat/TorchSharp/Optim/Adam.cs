using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Adam (Kingma and Ba), parameter by parameter with libtorch's operators.</summary>
    public class Adam : OptimizerHelper, optim.IBetas
    {
        public Adam(IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize) { }

        public Adam(IEnumerable<ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        {
            if (lr < 0) throw new ArgumentException($"Invalid learning rate: {lr}");
            if (beta1 is < 0 or >= 1) throw new ArgumentException($"Invalid beta1 value: {beta1}");
            if (beta2 is < 0 or >= 1) throw new ArgumentException($"Invalid beta2 value: {beta2}");
            if (eps < 0) throw new ArgumentException($"Invalid eps value: {eps}");
            if (weight_decay < 0) throw new ArgumentException($"Invalid weight_decay value: {weight_decay}");
            _defaults = new Options { LearningRate = lr, InitialLearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize };
            foreach (var group in parameters) add_param_group(group);
        }

        private Options Defaults => (Options)_defaults;

        public (double, double) Betas
        {
            get => (Defaults.beta1.Value, Defaults.beta2.Value);
            set => (Defaults.beta1, Defaults.beta2) = value;
        }

        public override void add_param_group(Modules.ParamGroup param_group)
        {
            var options = (Options)(param_group.Options ??= new Options());
            options.LearningRate ??= Defaults.LearningRate;
            options.beta1 ??= Defaults.beta1;
            options.beta2 ??= Defaults.beta2;
            options.eps ??= Defaults.eps;
            options.weight_decay ??= Defaults.weight_decay;
            options.amsgrad ??= Defaults.amsgrad;
            options.maximize ??= Defaults.maximize;
            options.InitialLearningRate = options.LearningRate.Value;
            param_group.Parameters = param_group.Parameters.ToList();
            _parameter_groups.Add(param_group);
            foreach (var parameter in param_group.Parameters)
            {
                var state = new State(parameter);
                state.Initialize(options);
                States[parameter.Handle] = state;
            }
        }

        public override Tensor step(Func<Tensor>? closure = null) => _step<ParamGroup>(Step, closure);

        private void Step(ParamGroup group)
        {
            var options = group.Options;
            double beta1 = options.beta1.Value, beta2 = options.beta2.Value;
            foreach (var parameter in group.Parameters)
            {
                var state = (State)States[parameter.Handle];
                var grad = parameter.grad;
                if (grad is null) continue;
                if (options.maximize.Value) grad = -grad;
                if (options.weight_decay.Value != 0) grad = grad.add(parameter, options.weight_decay.Value);
                state.step++;
                double correction1 = 1 - Math.Pow(beta1, state.step), correction2 = 1 - Math.Pow(beta2, state.step);
                state.exp_avg.mul_(beta1).add_(grad, 1 - beta1);
                state.exp_avg_sq.mul_(beta2).addcmul_(grad, grad, 1 - beta2);
                var second = state.exp_avg_sq;
                if (options.amsgrad.Value)
                {
                    second = state.max_exp_avg_sq.maximum(state.exp_avg_sq);
                    state.max_exp_avg_sq.copy_(second);
                }
                var denominator = (second.sqrt() / Math.Sqrt(correction2)).add_(options.eps.Value);
                parameter.addcdiv_(state.exp_avg, denominator, -group.LearningRate / correction1);
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) foreach (State state in States.Values) state.Dispose();
            base.Dispose(disposing);
        }

        public class Options : OptimizerOptions
        {
            public double? beta1;
            public double? beta2;
            public double? weight_decay;
            public double? eps;
            public bool? amsgrad;
            public bool? maximize;

            public override void SaveStateDict(BinaryWriter writer)
            {
                base.SaveStateDict(writer);
                writer.Write(beta1.Value);
                writer.Write(beta2.Value);
                writer.Write(eps.Value);
                writer.Write(weight_decay.Value);
                writer.Write(amsgrad.Value);
                writer.Write(maximize.Value);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                base.LoadStateDict(reader);
                (beta1, beta2, eps, weight_decay) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
                (amsgrad, maximize) = (reader.ReadBoolean(), reader.ReadBoolean());
            }

            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                var other = (Options)source;
                (beta1, beta2, eps, weight_decay) = (other.beta1, other.beta2, other.eps, other.weight_decay);
                (amsgrad, maximize) = (other.amsgrad, other.maximize);
            }
        }

        public class ParamGroup : ParamGroup<Options>, optim.IBetas
        {
            public ParamGroup() { }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : base(parameters, new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize }) { }

            public (double, double) Betas
            {
                get => (Options.beta1.Value, Options.beta2.Value);
                set => (Options.beta1, Options.beta2) = value;
            }
        }

        public sealed class State : OptimizerState, IDisposable
        {
            public long step;
            public Tensor exp_avg;
            public Tensor exp_avg_sq;
            public Tensor? max_exp_avg_sq;

            public State(Parameter parameter) : base(parameter) { }

            public override void Initialize(OptimizerOptions options)
            {
                Dispose();
                step = 0;
                using var _ = no_grad();
                exp_avg = zeros_like(_parameter).DetachFromDisposeScope();
                exp_avg_sq = zeros_like(_parameter).DetachFromDisposeScope();
                max_exp_avg_sq = ((Options)options).amsgrad.Value ? zeros_like(_parameter).DetachFromDisposeScope() : null;
            }

            public void Dispose()
            {
                exp_avg?.Dispose();
                exp_avg_sq?.Dispose();
                max_exp_avg_sq?.Dispose();
            }

            public override void SaveStateDict(BinaryWriter writer)
            {
                writer.Write(step);
                exp_avg.Save(writer);
                exp_avg_sq.Save(writer);
                writer.Write(max_exp_avg_sq is not null);
                max_exp_avg_sq?.Save(writer);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                step = reader.ReadInt64();
                exp_avg.Load(reader);
                exp_avg_sq.Load(reader);
                max_exp_avg_sq?.Dispose();
                max_exp_avg_sq = reader.ReadBoolean() ? TensorExtensionMethods.Load(reader).to(_parameter.device).DetachFromDisposeScope() : null;
            }

            public override void LoadStateDict(OptimizerState source)
            {
                var other = (State)source;
                step = other.step;
                exp_avg.copy_(other.exp_avg);
                exp_avg_sq.copy_(other.exp_avg_sq);
                if (other.max_exp_avg_sq is not null) max_exp_avg_sq?.copy_(other.max_exp_avg_sq);
            }

            public override bool ApproximatelyEquals(OptimizerState other) =>
                other is State state && step == state.step && exp_avg.allclose(state.exp_avg) && exp_avg_sq.allclose(state.exp_avg_sq)
                && (max_exp_avg_sq is null || max_exp_avg_sq.allclose(state.max_exp_avg_sq));

            public override void to(Device device)
            {
                exp_avg = exp_avg.to(device).DetachFromDisposeScope();
                exp_avg_sq = exp_avg_sq.to(device).DetachFromDisposeScope();
                max_exp_avg_sq = max_exp_avg_sq?.to(device).DetachFromDisposeScope();
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static Adam Adam(IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Adam Adam(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters.Select(pair => pair.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Adam Adam(IEnumerable<Adam.ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}
