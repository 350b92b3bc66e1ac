using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>Updates of networks by the gradient of a loss.</summary>
internal static class Gradients
{
    /// <summary>Makes one update of every optimizer's weights by the gradient of the loss. Nothing accumulates, nothing has to be zeroed.</summary>
    public static void Descend(Tensor loss, params ReadOnlySpan<(Adam Optimizer, double LearningRate)> updates)
    {
        var weights = new List<Tensor>();
        foreach (var (optimizer, _) in updates) weights.AddRange(optimizer.Weights);
        var gradients = torch.autograd.grad([loss], weights);
        int first = 0;
        foreach (var (optimizer, rate) in updates)
        {
            optimizer.Step([.. gradients.Skip(first).Take(optimizer.Weights.Count)], rate);
            first += optimizer.Weights.Count;
        }
        foreach (var gradient in gradients) gradient.Dispose();
    }
}
