using MlNetImageTranslation.Trainer;
using static TorchSharp.torch;

namespace MlNetImageTranslation.Benchmarks.Training.TorchSharpPeer;

/// <summary>Generated images of earlier steps, of which a discriminator sees some instead of the newest.</summary>
internal sealed class ImagePool(int capacity)
{
    private readonly List<Tensor> _images = [];
    private readonly Random _random = new(0);

    /// <summary>
    /// The newest image; once the pool is full, with chance one half an older one, whose place the newest takes.
    /// </summary>
    public Tensor Query(Tensor newest)
    {
        if (_images.Count < capacity)
        {
            _images.Add(Keep(newest));
            return newest;
        }

        if (_random.NextDouble() < 0.5)
        {
            return newest;
        }

        int place = _random.Next(capacity);
        var older = _images[place].clone();
        _images[place].Dispose();
        _images[place] = Keep(newest);
        return older;
    }

    // Beyond the scope of the step that made it.
    private static Tensor Keep(Tensor image) => image.clone().DetachFromDisposeScope();
}
