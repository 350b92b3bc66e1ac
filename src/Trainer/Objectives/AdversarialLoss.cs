using TorchSharp;
using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The adversarial loss of logits against "real" or "generated", averaged over all patches (models/networks.py,
/// GANLoss).
/// </summary>
internal sealed class AdversarialLoss : IDisposable
{
    private readonly AdversarialObjective _objective;
    private readonly Tensor _real,
        _generated;

    public AdversarialLoss(AdversarialObjective objective, Device device)
    {
        _objective = objective;
        _real = torch.tensor(1f, device: device).DetachFromDisposeScope();
        _generated = torch.tensor(0f, device: device).DetachFromDisposeScope();
    }

    /// <summary>The loss if the logits should say "real" or "generated".</summary>
    public Tensor Of(Tensor logits, bool real)
    {
        if (_objective == AdversarialObjective.Wasserstein)
            return real ? logits.mean().neg() : logits.mean();
        using var target = (real ? _real : _generated).expand(logits.shape);
        return _objective == AdversarialObjective.Vanilla
            ? functional.binary_cross_entropy_with_logits(logits, target)
            : functional.mse_loss(logits, target);
    }

    public void Dispose()
    {
        _real.Dispose();
        _generated.Dispose();
    }
}
