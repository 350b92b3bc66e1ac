using MlNetImageTranslation.Trainer;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Benchmarks.Training.TorchSharpPeer;

/// <summary>A training algorithm, step by step, and what such algorithms share.</summary>
internal abstract class TrainingSteps(int size, Device device)
{
    private readonly (Tensor Source, Tensor Target)[] _pairs =
    [
        .. Enumerable.Range(0, 8).Select(_ => (RandomImage(size, device), RandomImage(size, device))),
    ];

    private int _made;

    /// <summary>How much one generator and one discriminator learn.</summary>
    public abstract ParameterNumbers Parameters { get; }

    /// <summary>Makes the next step.</summary>
    public void MakeStep()
    {
        // Frees what the step leaves behind.
        using var scope = NewDisposeScope();
        var (source, target) = _pairs[_made % _pairs.Length];
        Step(source, target);
        _made++;
    }

    protected abstract void Step(Tensor source, Tensor target);

    /// <summary>A network on the device, with the reference implementation's initial weights.</summary>
    protected static T Ready<T>(T network, Device device)
        where T : Module<Tensor, Tensor>
    {
        using var unrecorded = no_grad();
        foreach (var weight in network.parameters().Where(weight => weight.dim() > 1))
        {
            init.normal_(weight, 0, 0.02);
        }

        network.to(device);
        network.train();
        return network;
    }

    protected static optim.Optimizer Adam(params Module<Tensor, Tensor>[] networks) =>
        optim.Adam(networks.SelectMany(network => network.parameters()), lr: 2e-4, beta1: 0.5, beta2: 0.999);

    /// <summary>Whether the networks' weights get gradients.</summary>
    protected static void SetLearning(bool learns, params ReadOnlySpan<Module<Tensor, Tensor>> networks)
    {
        foreach (var network in networks)
        {
            foreach (var weight in network.parameters())
            {
                weight.requires_grad = learns;
            }
        }
    }

    protected static long Count(Module<Tensor, Tensor> network) => network.parameters().Sum(weight => weight.numel());

    private static Tensor RandomImage(int size, Device device) => rand(1, 3, size, size, device: device) * 2 - 1;
}
