namespace MlNetImageTranslation.Trainer;

/// <summary>The constants of <see cref="Adam"/>; the defaults are those of the pix2pix and CycleGAN papers.</summary>
/// <param name="Beta1">Decay of the mean of gradients, 0 up to but not 1.</param>
/// <param name="Beta2">Decay of the mean of squared gradients, 0 up to but not 1.</param>
/// <param name="Epsilon">What is added to the root of the second moment (PyTorch 1e-8, Keras 1e-7).</param>
internal readonly record struct AdamOptions(double Beta1 = 0.5, double Beta2 = 0.999, double Epsilon = 1e-8)
{
    /// <summary>The papers' constants.</summary>
    public AdamOptions()
        : this(0.5) { }
}
