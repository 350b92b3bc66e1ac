namespace MlNetImageTranslation.Trainer;

/// <summary>How convolution and dense weights begin (the reference's <c>--init_type</c>).</summary>
public enum InitializationKind
{
    /// <summary>Normal with mean 0 and the gain as standard deviation (pix2pix and CycleGAN papers: 0.02).</summary>
    Normal,

    /// <summary>Normal with standard deviation gain * sqrt(2 / (fan in + fan out)) (Glorot and Bengio 2010).</summary>
    Xavier,

    /// <summary>Normal with standard deviation sqrt(2 / fan in); the gain is not used (He et al. 2015).</summary>
    Kaiming,

    /// <summary>Rows (or columns) orthogonal to each other, of length gain (Saxe et al. 2013).</summary>
    Orthogonal,
}
