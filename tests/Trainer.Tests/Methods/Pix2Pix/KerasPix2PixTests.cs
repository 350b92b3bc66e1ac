using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;
using TorchSharp;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>
/// The <c>keras-pix2pix</c> preset against the tutorial's networks and order of updates in PyTorch, dropout off.
/// </summary>
public sealed class KerasPix2PixTests
{
    [Fact]
    public void The_networks_give_what_the_tutorials_give()
    {
        Oracle.Require("torch", "numpy");
        using var folder = new TemporaryFolder();
        using var scope = torch.NewDisposeScope();
        var options = Options();
        var source = TestTensors.Normal(8, 1, 3, 256, 256);
        TestTensors.State(("source", source)).Write(folder.File("in"));
        using var generator = Network(folder, "g", options.CreateGenerator(3, 3));
        using var discriminator = Network(folder, "d", Discriminators.Create(options, 6));
        PythonOracle.Run(
            GraphInterpreter.Script
                + KerasNetworks.Script
                + """
                folder = sys.argv[1]
                x = load(folder + '/in')['source']
                made = Pix2PixGenerator(folder + '/g')(x)
                save(folder + '/out', {'generated': made, 'logits': Pix2PixDiscriminator(folder + '/d')(x, made)})
                """,
            folder.Path
        );
        var expected = StateDict.Read(folder.File("out"));
        var input = TestTensors.ToTorch(source);
        var generated = generator.Forward(input, ForwardMode.Training);
        Assert.True(TestTensors.RelativeDifference(expected["generated"].Values, TestTensors.Values(generated)) < 1e-4);
        Assert.Equal([1, 1, 16, 16], expected["logits"].Shape);
        var logits = discriminator.Forward(torch.cat([input, generated], 1), ForwardMode.Training);
        Assert.True(TestTensors.RelativeDifference(expected["logits"].Values, TestTensors.Values(logits)) < 1e-4);
        // The generator takes the batch's statistics when it translates, too.
        Assert.True(
            TestTensors.RelativeDifference(
                expected["generated"].Values,
                TestTensors.Values(generator.Forward(input, ForwardMode.Running))
            ) < 1e-4
        );
    }

    [Fact]
    public void The_loss_curve_equals_the_tutorials()
    {
        Oracle.Require("torch", "numpy", "PIL");
        using var folder = new TemporaryFolder();
        LossCurve.WritePairs(folder, 3, 256);
        var options = Options();
        (options.DataFolder, options.OutputFolder) = (folder.File("data"), folder.File("run"));
        options.InitialGenerator = Write(folder, "g", options.CreateGenerator(3, 3));
        options.InitialDiscriminator = Write(folder, "d", Discriminators.Create(options, 6));
        new Pix2PixTrainer(options).Train();
        var theirs = LossCurve.Python(
            folder,
            KerasNetworks.Script
                + """
                G, D = Pix2PixGenerator(folder + '/g'), Pix2PixDiscriminator(folder + '/d')
                og, od = (torch.optim.Adam(net.parameters(), lr=2e-4, betas=(0.5, 0.999), eps=1e-7) for net in (G, D))
                loss = lambda x, value: F.binary_cross_entropy_with_logits(x, torch.full_like(x, value))
                for step in range(6):
                    A, B = (t[None] for t in pairs[step % 3])
                    with torch.no_grad(): fake = G(A)
                    d_real = loss(D(A, B), 1.0); od.zero_grad(); (d_real * 0.5).backward(); od.step()
                    d_fake = loss(D(A, fake), 0.0); od.zero_grad(); (d_fake * 0.5).backward(); od.step()
                    fake = G(A)
                    g_gan, g_l1 = loss(D(A, fake), 1.0), (fake - B).abs().mean() * 100
                    og.zero_grad(); (g_gan + g_l1).backward(); og.step()
                    print('%.9g %.9g %.9g %.9g' % (d_real, d_fake, g_gan, g_l1))
                """,
            new { }
        );
        LossCurve.AssertEqual(folder.File("run"), theirs, "d_real", "d_fake", "g_gan", "g_l1");
    }

    private static Pix2PixTrainer.Options Options()
    {
        var options = new Pix2PixTrainer.Options();
        options.UseKeras();
        (options.GeneratorFilters, options.DiscriminatorFilters, options.Dropout, options.Order, options.Epochs) = (
            4,
            4,
            false,
            SampleOrder.Serial,
            2
        );
        (
            options.LogEvery,
            options.Threads,
            options.ExportModel,
            options.FlushToDisk,
            options.SampleEveryEpochs,
            options.SnapshotEveryEpochs
        ) = (1, 1, false, false, 0, 0);
        return options;
    }

    private static string Write(TemporaryFolder folder, string name, NetworkGraph graph) =>
        LossCurve.Write(folder, name, graph, WeightInitializer.Create(graph, gain: 0.1, seed: 3));

    private static TorchNetwork Network(TemporaryFolder folder, string name, NetworkGraph graph) =>
        new(graph, StateDict.Read(Write(folder, name, graph)));
}
