using System.Globalization;
using System.Runtime.InteropServices;
using MlNetImageTranslation.Weights;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Generated images of earlier steps, of which the discriminator sees some instead of the newest (Shrivastava et al.
/// 2017; util/image_pool.py).
/// </summary>
internal sealed class ImagePool(int size, long seed, RandomStream stream) : IDisposable
{
    private readonly List<Tensor> _images = [];
    private long _asked;

    /// <summary>
    /// For every image of a batch: itself, or with chance one half an older one, whose place it takes.
    /// </summary>
    public Tensor Query(Tensor batch)
    {
        if (size == 0)
            return batch;
        var answers = new List<Tensor>();
        for (long i = 0; i < batch.shape[0]; i++)
        {
            var image = batch.narrow(0, i, 1);
            var random = new CounterRandom(seed, stream, _asked++);
            if (_images.Count < size)
            {
                _images.Add(image.clone().DetachFromDisposeScope());
                answers.Add(image);
            }
            else if (random.NextBoolean())
            {
                int place = random.NextInt32(size);
                answers.Add(_images[place].clone());
                using var unrecorded = torch.no_grad();
                _images[place].copy_(image);
            }
            else
                answers.Add(image);
        }
        return answers.Count == 1 ? answers[0] : torch.cat(answers);
    }

    /// <summary>Adds the pool to a checkpoint.</summary>
    public void Save(CheckpointWriter checkpoint, string name)
    {
        var state = new StateDict();
        for (int i = 0; i < _images.Count; i++)
        {
            using var scope = torch.NewDisposeScope();
            state[i.ToString(CultureInfo.InvariantCulture)] = new(
                [.. _images[i].shape.Select(side => (int)side)],
                MemoryMarshal.Cast<byte, float>(_images[i].cpu().contiguous().bytes).ToArray()
            );
        }
        checkpoint.Write(name, state);
        checkpoint.Write(name + ".asked", _asked);
    }

    /// <summary>Takes it back.</summary>
    public void Load(CheckpointReader checkpoint, string name, Device device)
    {
        Dispose();
        var state = checkpoint.Tensors(name);
        for (int i = 0; i < state.Count; i++)
        {
            var tensor = state[i.ToString(CultureInfo.InvariantCulture)];
            _images.Add(
                torch
                    .tensor(tensor.Values, tensor.Shape.Select(side => (long)side).ToArray())
                    .to(device)
                    .DetachFromDisposeScope()
            );
        }
        _asked = checkpoint.Number(name + ".asked");
    }

    public void Dispose()
    {
        foreach (var image in _images)
            image.Dispose();
        _images.Clear();
    }
}
