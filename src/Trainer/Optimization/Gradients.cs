using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>Updates of networks by the gradient of a loss.</summary>
internal static class Gradients
{
    /// <summary>
    /// Makes one update of every optimizer's weights by the gradient of the loss. Nothing has to be zeroed.
    /// </summary>
    public static void Descend(Tensor loss, params ReadOnlySpan<(Adam Optimizer, double LearningRate)> updates)
    {
        var weights = new List<Tensor>();
        foreach (var (optimizer, _) in updates)
            weights.AddRange(optimizer.Weights);
        Backward.Run(loss, weights);
        Apply(updates);
    }

    /// <summary>Adds the gradient of a loss to what the next <see cref="Apply"/> updates by.</summary>
    public static void Add(Tensor loss, IEnumerable<Adam> optimizers) =>
        Backward.Run(loss, [.. optimizers.SelectMany(optimizer => optimizer.Weights)]);

    /// <summary>Makes one update of every optimizer's weights by the gradients that were added.</summary>
    public static void Apply(params ReadOnlySpan<(Adam Optimizer, double LearningRate)> updates)
    {
        foreach (var (optimizer, rate) in updates)
        {
            Tensor[] gradients = [.. optimizer.Weights.Select(weight => weight.grad ?? torch.zeros_like(weight))];
            optimizer.Step(gradients, rate);
            foreach (var gradient in gradients)
                gradient.Dispose();
            foreach (var weight in optimizer.Weights)
                weight.grad = null;
        }
    }
}
