namespace MlNetImageTranslation.Trainer;

/// <summary>How a <see cref="TorchNetwork"/> is run.</summary>
internal enum ForwardMode
{
    /// <summary>
    /// As in training: norms by the batch, running statistics updated, dropout on (PyTorch's train mode).
    /// </summary>
    Training,

    /// <summary>
    /// As <see cref="Training"/>, but running statistics stay as they are: for what is computed once more in the same
    /// step.
    /// </summary>
    Rehearsal,

    /// <summary>
    /// Norms by their running statistics, dropout off (PyTorch's eval mode). Norms without running statistics take each
    /// image's own.
    /// </summary>
    Running,

    /// <summary>
    /// Norms by each image's own statistics, dropout off: pix2pix's test-time behaviour (paper, section 3.3) without
    /// its noise.
    /// </summary>
    Image,
}
