using MlNetImageTranslation.Transforms;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>A part of a step's images: as many as go through the networks at once.</summary>
/// <param name="Source">Its source images [N, C, H, W].</param>
/// <param name="Target">Its target images.</param>
/// <param name="Number">Parts before it in the step.</param>
/// <param name="First">Images before it in the step.</param>
/// <param name="Share">Its share of the step's images: what its losses and gradients are weighted by.</param>
internal sealed record MicroBatch(Tensor Source, Tensor Target, int Number, int First, float Share)
{
    /// <summary>Splits the images of a step into parts of so many; the last part may be smaller.</summary>
    public static IReadOnlyList<MicroBatch> Split(Tensor source, Tensor target, int size)
    {
        int count = (int)source.shape[0];
        if (count <= size)
            return [new(source, target, 0, 0, 1)];
        var parts = new List<MicroBatch>();
        for (int first = 0; first < count; first += size)
        {
            int images = Math.Min(size, count - first);
            parts.Add(
                new(
                    source.narrow(0, first, images),
                    target.narrow(0, first, images),
                    parts.Count,
                    first,
                    (float)images / count
                )
            );
        }
        return parts;
    }

    /// <summary>What was made of each part, in one tensor.</summary>
    public static Tensor Join(IReadOnlyList<Tensor> parts) => parts.Count == 1 ? parts[0] : torch.cat([.. parts]);

    /// <summary>Weights a loss by this part's share of the step.</summary>
    public Tensor Weigh(Tensor loss) => Share == 1 ? loss : loss.Times(Share);

    /// <summary>
    /// The losses of a step out of those of its parts. What a part needs is freed before the next one begins.
    /// </summary>
    /// <param name="parts">The parts.</param>
    /// <param name="losses">The losses of a part, as scalars without gradients.</param>
    public static Tensor[] Mean(IReadOnlyList<MicroBatch> parts, Func<MicroBatch, Tensor[]> losses)
    {
        Tensor[]? sums = null;
        foreach (var part in parts)
        {
            using var scope = torch.NewDisposeScope();
            var weighed = Array.ConvertAll(losses(part), part.Weigh);
            sums = sums is null ? weighed : [.. sums.Zip(weighed, (sum, next) => sum.Plus(next))];
            foreach (var sum in sums)
                sum.MoveToOuterDisposeScope();
        }
        return sums!;
    }
}
