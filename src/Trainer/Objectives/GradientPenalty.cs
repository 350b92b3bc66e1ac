using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The gradient penalty of WGAN-GP (Gulrajani et al. 2017; models/networks.py, cal_gradient_penalty with type "mixed",
/// constant 1).
/// </summary>
internal static class GradientPenalty
{
    /// <summary>
    /// The mean over samples of (|gradient of the discriminator| - 1)^2 at random points between real and generated
    /// images, times <paramref name="weight"/>.
    /// </summary>
    /// <param name="discriminator">From images to logits.</param>
    /// <param name="real">What the discriminator sees of real images.</param>
    /// <param name="generated">What it sees of generated ones; no gradient flows into it.</param>
    /// <param name="weight">The penalty's weight; the paper's is 10.</param>
    /// <param name="random">Where between the two to look: one draw a sample.</param>
    /// <param name="skipped">Draws that belong to samples before these.</param>
    public static Tensor Of(
        Func<Tensor, Tensor> discriminator,
        Tensor real,
        Tensor generated,
        double weight,
        CounterRandom random,
        int skipped = 0
    )
    {
        random.Skip(skipped);
        var share = new float[real.shape[0]];
        for (int i = 0; i < share.Length; i++)
            share[i] = (float)random.NextDouble();
        var alpha = torch.tensor(share, [share.Length, 1, 1, 1]).to(real.device);
        var between = (alpha * real).Plus(alpha.Times(-1).Plus(1) * generated.detach()).detach().requires_grad_();
        var logits = discriminator(between);
        // libtorch warns once of the cycle that is broken below.
        Backward.Run(logits, [between], createGraph: true);
        var gradient = between.grad!;
        // The gradient's graph holds the images. If they held the gradient, nothing would ever be freed.
        between.grad = null;
        // The reference adds 1e-16 to every component for a stable root.
        var norm = gradient.reshape(real.shape[0], -1).Plus(1e-16f).Squared().sum(1).sqrt();
        return norm.Plus(-1).Squared().mean().Times((float)weight);
    }
}
