using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>Updates of networks by the gradient of a loss.</summary>
internal static class Gradients
{
    /// <summary>
    /// Makes one update of every optimizer's weights by the gradient of the loss. Nothing accumulates, nothing has to
    /// be zeroed.
    /// </summary>
    public static void Descend(Tensor loss, params ReadOnlySpan<(Adam Optimizer, double LearningRate)> updates)
    {
        var weights = new List<Tensor>();
        foreach (var (optimizer, _) in updates)
            weights.AddRange(optimizer.Weights);
        // Not torch.autograd.grad: TorchSharp lets its C++ exceptions (out of memory, say) end the process; those of
        // backward come back.
        torch.autograd.backward([loss], inputs: weights);
        int first = 0;
        foreach (var (optimizer, rate) in updates)
        {
            var gradients = weights
                .GetRange(first, optimizer.Weights.Count)
                .ConvertAll(weight => weight.grad ?? torch.zeros_like(weight));
            optimizer.Step(gradients, rate);
            foreach (var gradient in gradients)
                gradient.Dispose();
            first += optimizer.Weights.Count;
        }
        foreach (var weight in weights)
            weight.grad = null;
    }
}
