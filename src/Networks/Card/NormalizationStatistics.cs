namespace MlNetImageTranslation.Networks;

/// <summary>Where a model's batch norms take their mean and variance from when a picture is translated.</summary>
public enum NormalizationStatistics
{
    /// <summary>From training: the running statistics (PyTorch's eval mode).</summary>
    Running,

    /// <summary>From the picture itself: what the pix2pix paper does at test time (section 3.3; PyTorch's train mode at batch size 1).</summary>
    Picture,
}
