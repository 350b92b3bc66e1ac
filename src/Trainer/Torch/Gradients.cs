using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>Updates of networks by the gradient of a loss.</summary>
internal static class Gradients
{
    /// <summary>Makes one update of every optimizer's weights by the gradient of the loss. Nothing accumulates, nothing has to be zeroed.</summary>
    public static void Descend(Tensor loss, double learningRate, params ReadOnlySpan<Adam> optimizers)
    {
        var weights = new List<Tensor>();
        foreach (var optimizer in optimizers) weights.AddRange(optimizer.Gradients);
        var gradients = torch.autograd.grad([loss], weights);
        int first = 0;
        foreach (var optimizer in optimizers)
        {
            optimizer.Step([.. gradients.Skip(first).Take(optimizer.Gradients.Count)], learningRate);
            first += optimizer.Gradients.Count;
        }
        foreach (var gradient in gradients) gradient.Dispose();
    }
}
