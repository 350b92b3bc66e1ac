using static TorchSharp.torch;

namespace MlNetImageTranslation.TorchSharpCompat.Tests;

/// <summary>One function, in C# and in Python, of the picture x [2,3,8,8], the weight w [4,3,3,3], the bias b [4] and the map t [2,3,8,8].</summary>
internal sealed record OperatorCase(string Python, Func<Tensor, Tensor, Tensor, Tensor, Tensor> Compute, bool Differentiable = true)
{
    public const string Inputs = """
        import torch, torch.nn.functional as F
        def inputs():
            x = torch.sin(torch.arange(384, dtype=torch.float64) * 0.7 + 0.1).float().reshape(2, 3, 8, 8).requires_grad_()
            w = torch.cos(torch.arange(108, dtype=torch.float64) * 1.3).float().mul(0.3).reshape(4, 3, 3, 3).requires_grad_()
            b = torch.cos(torch.arange(4, dtype=torch.float64)).float().requires_grad_()
            t = torch.sin(torch.arange(384, dtype=torch.float64) * 1.9).float().reshape(2, 3, 8, 8)
            return x, w, b, t
        """;

    public static (Tensor X, Tensor W, Tensor B, Tensor T) Make() => (
        (arange(384, ScalarType.Float64) * 0.7 + 0.1).sin().@float().reshape(2, 3, 8, 8).requires_grad_(),
        (arange(108, ScalarType.Float64) * 1.3).cos().@float().mul(0.3).reshape(4, 3, 3, 3).requires_grad_(),
        arange(4, ScalarType.Float64).cos().@float().requires_grad_(),
        (arange(384, ScalarType.Float64) * 1.9).sin().@float().reshape(2, 3, 8, 8));
}
