namespace MlNetImageTranslation.Imaging;

/// <summary>The window of structural similarity.</summary>
internal enum SsimWindow
{
    /// <summary>
    /// 7x7, all weights equal, sample covariance: the default of scikit-image's structural_similarity.
    /// </summary>
    Uniform,

    /// <summary>
    /// 11x11 Gaussian of sigma 1.5, population covariance: Wang et al. 2004 (gaussian_weights=True, sigma=1.5,
    /// use_sample_covariance=False).
    /// </summary>
    Gaussian,
}
