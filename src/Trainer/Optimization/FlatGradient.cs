using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Joins the gradients of single weights into one row laid out like the network's flat memory, with zeros in the gaps
/// (which Adam leaves as they are), so that a GPU updates all weights in a handful of kernels.
/// </summary>
internal sealed class FlatGradient : IDisposable
{
    private readonly long _start,
        _length;
    private readonly Tensor?[] _gapsAfter;

    public FlatGradient(TorchNetwork network, NetworkWeight[] weights)
    {
        _start = weights[0].Offset;
        _length = weights[^1].Offset + weights[^1].Spec.Count - _start;
        _gapsAfter = new Tensor?[weights.Length];
        for (int i = 0; i + 1 < weights.Length; i++)
        {
            long gap = weights[i + 1].Offset - weights[i].Offset - weights[i].Spec.Count;
            if (gap > 0)
                _gapsAfter[i] = torch
                    .zeros([gap], dtype: torch.ScalarType.Float32, device: network.Device)
                    .DetachFromDisposeScope();
        }
    }

    /// <summary>The part of a flat tensor that the weights lie in.</summary>
    public Tensor Region(Tensor flat) => flat.narrow(0, _start, _length);

    /// <summary>The gradients in one row.</summary>
    public Tensor Join(IList<Tensor> gradients)
    {
        var parts = new List<Tensor>(2 * gradients.Count);
        for (int i = 0; i < gradients.Count; i++)
        {
            parts.Add(gradients[i].reshape(-1));
            if (_gapsAfter[i] is { } gap)
                parts.Add(gap);
        }
        return torch.cat(parts);
    }

    public void Dispose()
    {
        foreach (var gap in _gapsAfter)
            gap?.Dispose();
    }
}
