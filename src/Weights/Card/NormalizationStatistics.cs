using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Weights;

/// <summary>Where a model's batch norms take their mean and variance from when an image is translated.</summary>
public enum NormalizationStatistics
{
    /// <summary>From training: the running statistics (PyTorch's eval mode).</summary>
    Running,

    /// <summary>
    /// From the image itself: what the pix2pix paper does at test time (section 3.3; PyTorch's train mode at batch size
    /// 1).
    /// </summary>
    [JsonStringEnumMemberName("picture")]
    Image,
}
