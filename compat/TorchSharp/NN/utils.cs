using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Scales all gradients together so that their joint norm is at most max_norm; returns the norm before.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2)
            {
                using var scope = NewDisposeScope();
                using var _ = no_grad();
                var grads = tensors.Select(tensor => tensor.grad).Where(grad => grad is not null).ToList();
                if (grads.Count == 0) return 0;
                double norm = stack(grads.Select(grad => grad.norm((float)norm_type))).norm((float)norm_type).ToDouble();
                double scale = max_norm / (norm + 1e-6);
                if (scale < 1) foreach (var grad in grads) grad.mul_(scale);
                return norm;
            }

            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var scope = NewDisposeScope();
                using var _ = no_grad();
                foreach (var tensor in tensors) tensor.grad?.clamp_(-clip_value, clip_value);
            }
        }
    }
}
