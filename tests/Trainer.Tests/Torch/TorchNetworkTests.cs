using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;
using TorchSharp;
using Padding = MlNetImageTranslation.Networks.Padding;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class TorchNetworkTests
{
    private static readonly NetworkOptions[] s_networks =
    [
        new()
        {
            Architecture = "unet-16",
            Filters = 3,
            Dropout = false,
        },
        new()
        {
            Architecture = "unet-16",
            Filters = 3,
            Dropout = false,
            Norm = NormalizationKind.Instance,
            OutputChannels = 1,
        },
        new()
        {
            Architecture = "unet-16",
            Filters = 3,
            Dropout = false,
            Norm = NormalizationKind.None,
        },
        new()
        {
            Architecture = "resnet-2",
            Filters = 3,
            Size = 32,
        },
        new()
        {
            Architecture = "resnet-1",
            Filters = 3,
            Size = 32,
            Norm = NormalizationKind.Batch,
            ResizeConvolution = true,
        },
        new()
        {
            Architecture = "resnet-1-antialiased",
            Filters = 3,
            Size = 36,
        },
        new()
        {
            Architecture = "encoder-decoder-16",
            Filters = 3,
            Dropout = false,
        },
        new()
        {
            Architecture = "plain-unet",
            Filters = 3,
            Size = 32,
            Layers = 2,
        },
        new()
        {
            Architecture = "vgg16-unet",
            Filters = 2,
            Size = 32,
        },
        new()
        {
            Architecture = "patch",
            Filters = 4,
            Size = 32,
            Layers = 2,
        },
        new()
        {
            Architecture = "patch",
            Filters = 4,
            Size = 32,
            Layers = 1,
            Norm = NormalizationKind.Instance,
            InputChannels = 3,
        },
        new()
        {
            Architecture = "pixel",
            Filters = 4,
            Size = 16,
        },
        new()
        {
            Architecture = "image",
            Filters = 4,
            Size = 32,
        },
        new()
        {
            Architecture = "keras-unet-256",
            Filters = 2,
            Dropout = false,
        },
        new()
        {
            Architecture = "keras-patch",
            Filters = 2,
            Size = 32,
        },
        new()
        {
            Architecture = "keras-resnet-6",
            Filters = 2,
            Size = 32,
        },
        new()
        {
            Architecture = "keras-cyclegan-patch",
            Filters = 2,
            Size = 64,
        },
    ];

    /// <summary>
    /// Outputs in all modes, running statistics after a training pass, and gradients, against PyTorch.
    /// </summary>
    [Fact]
    public void A_rehearsal_computes_what_training_does_and_leaves_running_statistics()
    {
        using var scope = torch.NewDisposeScope();
        var graph = NetworkCatalog.Create(
            new NetworkOptions
            {
                Architecture = "unet-16",
                Filters = 3,
                Dropout = true,
            }
        );
        using var network = new TorchNetwork(graph, WeightInitializer.Create(graph, seed: 3));
        var images = TestTensors.ToTorch(TestTensors.Normal(1, 3, 3, 32, 16));
        StateDict before = network.Export();
        network.SeedDropout(5);
        float[] rehearsed = TestTensors.Values(network.Forward(images, ForwardMode.Rehearsal));
        StateDict after = network.Export();
        foreach (string name in before.Names)
            Assert.Equal(before[name].Values, after[name].Values);
        network.SeedDropout(5);
        Assert.Equal(TestTensors.Values(network.Forward(images, ForwardMode.Training)), rehearsed);
        StateDict trained = network.Export();
        Assert.Contains(before.Names, name => !before[name].Values.SequenceEqual(trained[name].Values));
    }

    [Fact]
    public void Every_architecture_computes_what_PyTorch_computes()
    {
        Oracle.Require("torch", "numpy");
        using var folder = new TemporaryFolder();
        var graphs = s_networks.Select(NetworkCatalog.Create).ToArray();
        for (int i = 0; i < graphs.Length; i++)
        {
            File.WriteAllText(folder.File($"{i}.json"), graphs[i].ToJson());
            Weights(graphs[i]).Write(folder.File($"{i}.weights"));
            TestTensors.State(("x", Input(graphs[i]))).Write(folder.File($"{i}.input"));
        }
        PythonOracle.Run(
            GraphInterpreter.Script
                + """
                folder, count = sys.argv[1], int(sys.argv[2])
                for i in range(count):
                    net = Net(f'{folder}/{i}.json', f'{folder}/{i}.weights')
                    x = load(f'{folder}/{i}.input')['x'].requires_grad_(True)
                    out = {'running': net(x, 'running'), 'image': net(x, 'image')}
                    y = net(x, 'training')
                    out['training'] = y
                    (y * y).mean().backward()
                    out['x.grad'] = x.grad
                    for k, t in net.w.items():
                        if t.grad is not None: out['grad:' + k] = t.grad
                        else: out['value:' + k] = t
                    save(f'{folder}/{i}.output', out)
                """,
            folder.Path,
            $"{graphs.Length}"
        );
        for (int i = 0; i < graphs.Length; i++)
            Compare(graphs[i], folder, i);
    }

    [Fact]
    public void A_patch_discriminator_gives_on_a_image_what_it_gives_on_every_patch_of_it()
    {
        using var scope = torch.NewDisposeScope();
        using var unrecorded = torch.no_grad();
        var graph = NetworkCatalog.Create(
            new NetworkOptions
            {
                Architecture = "patch",
                Filters = 4,
                Layers = 2,
                Size = 96,
                InputChannels = 3,
                Norm = NormalizationKind.Batch,
            }
        );
        using var network = new TorchNetwork(graph, Weights(graph));
        const int Field = 34;
        var image = TestTensors.ToTorch(TestTensors.Normal(5, 1, 3, 96, 96));
        var map = network.Forward(image, ForwardMode.Running);
        long side = map.shape[2];
        // Layer by layer the receptive field of output pixel i begins at 4 * i - 11: strides 2, 2, 1, 1 with padding 1
        // each.
        foreach (var (row, column) in new[] { (5, 5), (9, 12), (17, 4) })
        {
            Assert.True(row < side && column < side);
            var patch = image.narrow(2, 4 * row - 11, Field).narrow(3, 4 * column - 11, Field);
            float whole = map[0, 0, row, column].item<float>();
            Assert.Equal(whole, Unpadded(graph, network, patch), 1e-5f);
        }
    }

    [Fact]
    public void No_gradient_reaches_the_weights_of_a_constant_network_but_it_reaches_the_input()
    {
        using var scope = torch.NewDisposeScope();
        var graph = NetworkCatalog.Create(
            new NetworkOptions
            {
                Architecture = "pixel",
                Filters = 4,
                Size = 16,
            }
        );
        using var network = new TorchNetwork(graph, Weights(graph));
        var x = TestTensors.ToTorch(Input(graph)).requires_grad_();
        var loss = network.Forward(x, ForwardMode.Training, constant: true).mean();
        Assert.NotEqual(0f, torch.autograd.grad([loss], [x])[0].abs().sum().item<float>());
        network.Forward(x, ForwardMode.Training, constant: true).mean().backward();
        Assert.NotNull(x.grad);
        Assert.All(network.Weights, weight => Assert.Null(weight.Value.grad));
    }

    [Fact]
    public void Exported_weights_load_into_another_network()
    {
        using var scope = torch.NewDisposeScope();
        var graph = NetworkCatalog.Create(s_networks[0]);
        using var network = new TorchNetwork(graph, Weights(graph));
        using var copy = new TorchNetwork(graph, network.Export());
        var x = TestTensors.ToTorch(Input(graph));
        Assert.Equal(
            TestTensors.Values(network.Forward(x, ForwardMode.Image)),
            TestTensors.Values(copy.Forward(x, ForwardMode.Image))
        );
        var state = network.Export();
        Assert.Equal(Weights(graph).Names, state.Names);
        foreach (string name in state.Names)
            Assert.Equal(Weights(graph)[name].Values, state[name].Values);
    }

    [Fact]
    public void Weights_that_do_not_fit_are_refused_by_name()
    {
        var graph = NetworkCatalog.Create(s_networks[0]);
        var state = Weights(graph);
        state["extra"] = TestTensors.Normal(1, 3);
        Assert.Contains("extra", Assert.Throws<ArgumentException>(() => new TorchNetwork(graph, state)).Message);
    }

    // The same weights without padding: what the discriminator says of one patch by itself.
    private static float Unpadded(NetworkGraph graph, TorchNetwork network, torch.Tensor patch)
    {
        var layers = graph.Layers.Select(layer =>
            layer is ConvolutionLayer convolution ? convolution with { Padding = Padding.None } : layer
        );
        var bare = new NetworkGraph("bare", new(3, 34, 34), [.. layers]);
        using var other = new TorchNetwork(bare, network.Export());
        var output = other.Forward(patch, ForwardMode.Running);
        Assert.Equal([1L, 1, 1, 1], output.shape);
        return output.item<float>();
    }

    private static void Compare(NetworkGraph graph, TemporaryFolder folder, int number)
    {
        using var scope = torch.NewDisposeScope();
        var expected = StateDict.Read(folder.File($"{number}.output"));
        using var network = new TorchNetwork(graph, Weights(graph));
        var x = TestTensors.ToTorch(Input(graph)).requires_grad_();
        Check("running", network.Forward(x, ForwardMode.Running), 5e-5);
        Check("image", network.Forward(x, ForwardMode.Image), 2e-4);
        var output = network.Forward(x, ForwardMode.Training);
        Check("training", output, 1e-4);
        var trained = network.Trainable.ToArray();
        var gradients = torch.autograd.grad([output.square().mean()], [x, .. trained.Select(weight => weight.Value)]);
        Check("x.grad", gradients[0], 2e-3);
        for (int i = 0; i < trained.Length; i++)
            Check("grad:" + trained[i].Spec.Name, gradients[i + 1], 5e-3);
        foreach (var statistic in network.Weights.Where(weight => weight.Spec.IsStatistic))
            Check("value:" + statistic.Spec.Name, statistic.Value, 1e-4);

        void Check(string name, torch.Tensor actual, double tolerance)
        {
            double difference = TestTensors.RelativeDifference(expected[name].Values, TestTensors.Values(actual));
            // Gradients that vanish (a bias before a norm) are rounding noise: compare them with the scale of the
            // others.
            bool vanishes =
                name.StartsWith("grad:", StringComparison.Ordinal) && expected[name].Values.Max(Math.Abs) < 1e-6;
            Assert.True(
                vanishes || difference < tolerance,
                $"{graph.Name} ({number}), {name}: relative difference {difference:g3}"
            );
        }
    }

    private static WeightTensor Input(NetworkGraph graph) =>
        TestTensors.Normal(11, 2, graph.Input.Channels, graph.Input.Height, graph.Input.Width);

    private static StateDict Weights(NetworkGraph graph)
    {
        var state = WeightInitializer.Create(graph, InitializationKind.Kaiming, seed: 17);
        foreach (
            var spec in graph.Parameters.Where(spec =>
                spec.Kind is ParameterKind.RunningMean or ParameterKind.Bias or ParameterKind.NormShift
            )
        )
            state[spec.Name] = new(
                spec.Shape,
                [.. TestTensors.Normal(spec.Name.Length, [.. spec.Shape]).Values.Select(value => 0.1f * value)]
            );
        foreach (var spec in graph.Parameters.Where(spec => spec.Kind == ParameterKind.RunningVariance))
            state[spec.Name] = new(
                spec.Shape,
                [
                    .. TestTensors
                        .Normal(spec.Name.Length, [.. spec.Shape])
                        .Values.Select(value => 1 + 0.1f * Math.Abs(value)),
                ]
            );
        return state;
    }
}
