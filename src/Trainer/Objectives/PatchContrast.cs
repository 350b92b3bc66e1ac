using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The contrastive loss of patches (Park et al. 2020, section 3, equations 3 and 4): the feature of a patch of the
/// output should be nearer to the one of the same patch of the input than to those of other patches of that image, or
/// of all images of the batch.
/// </summary>
internal static class PatchContrast
{
    /// <summary>The mean cross entropy of telling the patch among all of its image.</summary>
    /// <param name="queries">Features of the output, [N, patches, values], of length 1.</param>
    /// <param name="keys">Features of the input at the same places; no gradient flows into them.</param>
    /// <param name="temperature">What similarities are divided by.</param>
    /// <param name="wholeBatch">Whether patches of the other images count as others, too.</param>
    public static Tensor Of(Tensor queries, Tensor keys, double temperature, bool wholeBatch = false)
    {
        if (wholeBatch)
        {
            queries = queries.reshape(1, -1, queries.shape[2]);
            keys = keys.reshape(1, -1, keys.shape[2]);
        }
        var similarities = queries.bmm(keys.detach().transpose(1, 2)).Over((float)temperature);
        return functional.log_softmax(similarities, 2).diagonal(0, 1, 2).mean().neg();
    }
}
