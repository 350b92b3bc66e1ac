using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Weights.Tests;

public sealed class CheckpointImporterTests(ReferenceCheckpoints checkpoints)
{
    [Fact]
    public void Every_reference_network_is_recognised_and_read_to_the_bit()
    {
        NeedTorch();
        foreach (var described in checkpoints.Described)
        {
            var file = described.GetProperty("file").GetString()!;
            var imported = NetworkFile.Import(checkpoints[file], new() { Entry = Text(described, "ask") });
            Assert.Equal(
                (file, Text(described, "architecture"), Text(described, "entry")),
                (file, imported.Graph.Name, imported.Entry)
            );
            CheckNetwork(file, described, imported.Graph);
            CheckWeights(file, described, imported.Weights);
        }
    }

    [Fact]
    public void A_known_network_takes_the_same_weights()
    {
        NeedTorch();
        foreach (var described in checkpoints.Described)
        {
            var file = described.GetProperty("file").GetString()!;
            var graph = NetworkFile.Import(checkpoints[file], new() { Entry = Text(described, "ask") }).Graph;
            var loaded = NetworkFile.Load(checkpoints[file], graph, Text(described, "ask"));
            Assert.Equal(Text(described, "entry"), loaded.Entry);
            CheckWeights(file, described, loaded.Weights);
        }
    }

    [Fact]
    public void What_cannot_be_read_is_refused_by_name_and_never_executed()
    {
        NeedTorch();
        foreach (var (file, messages) in checkpoints.Refused)
        {
            var exception = Record.Exception(() => NetworkFile.Import(checkpoints[file]));
            Assert.True(exception is FormatException, $"{file}: {exception}");
            Assert.Contains(file, exception.Message);
            foreach (var message in messages)
                Assert.Contains(message, exception.Message);
        }
        Assert.False(File.Exists(checkpoints["executed"]));
    }

    [Theory]
    [InlineData("loop.pth")]
    [InlineData("protocol4.pth")]
    public void Cycles_and_newer_protocols_are_read(string file)
    {
        NeedTorch();
        Assert.Equal("unet-8", NetworkFile.Import(checkpoints[file]).Graph.Name);
    }

    [Fact]
    public void Running_statistics_of_instance_norms_and_classifiers_are_left_out_and_told()
    {
        NeedTorch();
        var old = NetworkFile.Import(checkpoints["resnet_old.pth"]);
        Assert.Contains("model.2.running_mean", old.Ignored);
        Assert.Equal(2 * (1 + 2 + 2 * 2 + 2), old.Ignored.Count);
        Assert.All(
            NetworkFile.Import(checkpoints["average.pth"]).Ignored,
            name => Assert.EndsWith(".num_batches_tracked", name)
        );
        Assert.Equal(
            ["classifier.0.weight", "classifier.0.bias"],
            NetworkFile.Import(checkpoints["vgg16.pth"]).Ignored
        );
    }

    [Fact]
    public void Options_overrule_what_was_found()
    {
        NeedTorch();
        var graph = NetworkFile.Import(checkpoints["unet_strided.pth"], new() { Dropout = false, Size = 128 }).Graph;
        Assert.DoesNotContain(graph.Layers, layer => layer is DropoutLayer);
        Assert.Equal(new TensorShape(3, 128, 128), graph.Input);
        var exception = Assert.Throws<FormatException>(() =>
            NetworkFile.Import(checkpoints["unet_batch.pth"], new() { Filters = 8 })
        );
        Assert.Contains("model.model.0.weight: expected [8, 3, 4, 4], found [4, 3, 4, 4]", exception.Message);
    }

    [Fact]
    public void Explicit_options_that_a_network_cannot_have_are_refused()
    {
        NeedTorch();
        string Refusal(string file, ImportOptions options) =>
            Assert.Throws<ArgumentException>(() => NetworkFile.Import(checkpoints[file], options)).Message;
        Assert.Contains("'patch' has the channels", Refusal("patch3.pth", new() { OutputChannels = 3 }));
        Assert.Contains("'unet-8' has no dropout", Refusal("unet_strided_legacy.pth", new() { Dropout = true }));
        Assert.Contains("running statistics in this file", Refusal("resnet.pth", new() { RunningStatistics = true }));
        Assert.Contains("it has no norms", Refusal("unet_none.pt", new() { RunningStatistics = true }));
    }

    [Fact]
    public void Running_statistics_of_instance_norms_are_taken_where_they_are_asked_for()
    {
        NeedTorch();
        var imported = NetworkFile.Import(checkpoints["resnet_old.pth"], new() { RunningStatistics = true });
        Assert.All(
            imported.Graph.Layers.OfType<NormalizationLayer>(),
            norm =>
                Assert.Equal((NormalizationKind.Batch, true, false), (norm.Kind, norm.RunningStatistics, norm.Affine))
        );
        Assert.Equal(4, imported.Weights["first.norm.running_mean"].Shape[0]);
        Assert.All(imported.Ignored, name => Assert.EndsWith(".num_batches_tracked", name));
    }

    [Fact]
    public void A_file_whose_graph_and_weights_have_different_names_is_refused_by_name()
    {
        var graph = NetworkCatalog.Create(new NetworkOptions { Architecture = "unet-4", Filters = 2 });
        var weights = new StateDict();
        foreach (var parameter in graph.Parameters)
            weights[parameter.Name.Replace("down1", "down9")] = new(parameter.Shape, new float[parameter.Count]);
        using var folder = new TemporaryFolder();
        var path = folder.File("w.safetensors");
        // A network of a known name whose layers are somebody's own.
        foreach (var json in new[] { graph.ToJson(), graph.ToJson().Replace("down1", "first") })
        {
            Safetensors.Write(path, weights, new Dictionary<string, string> { [NetworkFile.GraphKey] = json });
            foreach (Action read in new Action[] { () => NetworkFile.Read(path), () => NetworkFile.Import(path) })
            {
                var exception = Assert.Throws<FormatException>(read);
                Assert.Contains("w.safetensors", exception.Message);
                Assert.Contains("do not fit network 'unet-4'", exception.Message);
                Assert.Contains("found nothing", exception.Message);
            }
        }
    }

    [Fact]
    public void Two_networks_that_fit_need_a_name()
    {
        NeedTorch();
        var graph = NetworkFile.Import(checkpoints["cyclegan.pth"], new() { Entry = "netG_A" }).Graph;
        var exception = Assert.Throws<FormatException>(() => NetworkFile.Load(checkpoints["cyclegan.pth"], graph));
        Assert.Contains("'netG_A', 'netG_B'", exception.Message);
        Assert.Equal("patch", NetworkFile.Import(checkpoints["cyclegan.pth"], new() { Entry = "netD_A" }).Graph.Name);
    }

    [Fact]
    public void Our_own_files_come_back_with_graph_and_card()
    {
        NeedTorch();
        var imported = NetworkFile.Import(checkpoints["training.pth"]);
        var path = checkpoints["own.safetensors"];
        NetworkFile.Write(
            path,
            imported.Graph,
            imported.Weights,
            new ModelCard
            {
                Architecture = imported.Graph.Name,
                Provenance = new() { Trainer = "import" },
            }
        );
        foreach (
            var read in new[]
            {
                NetworkFile.Read(path),
                NetworkFile.Import(path),
                NetworkFile.Load(path, imported.Graph),
            }
        )
        {
            Assert.Equal(imported.Graph.ToJson(), read.Graph.ToJson());
            Assert.Equal("import", read.Card?.Provenance?.Trainer);
            Assert.Equal(imported.Weights.ComputeHash(), read.Weights.ComputeHash());
        }
    }

    [Fact]
    public void Weights_of_our_names_without_a_graph_need_to_be_told_which_network_they_are()
    {
        var graph = NetworkCatalog.Create(
            new NetworkOptions
            {
                Architecture = "resnet-1",
                Filters = 2,
                Norm = NormalizationKind.Batch,
            }
        );
        var weights = new StateDict();
        foreach (var parameter in graph.Parameters)
            weights[parameter.Name] = new(
                parameter.Shape,
                [.. Enumerable.Range(0, (int)parameter.Count).Select(i => i + parameter.Count / 8f)]
            );
        using var folder = new TemporaryFolder();
        var path = folder.File("weights.safetensors");
        Safetensors.Write(path, weights, new Dictionary<string, string> { ["format"] = "pt" });

        var exception = Assert.Throws<FormatException>(() => NetworkFile.Import(path));
        Assert.Contains("no network that is known by its names", exception.Message);
        Assert.Contains("first.conv.weight", exception.Message);
        var expected = weights.ComputeHash();
        Assert.Equal(expected, NetworkFile.Load(path, graph).Weights.ComputeHash());
        Assert.Equal(
            expected,
            NetworkFile
                .Import(
                    path,
                    new()
                    {
                        Architecture = "resnet_1blocks",
                        Filters = 2,
                        Norm = NormalizationKind.Batch,
                    }
                )
                .Weights.ComputeHash()
        );
        Assert.Throws<FormatException>(() => NetworkFile.Read(path));
    }

    private static void CheckNetwork(string file, JsonElement described, NetworkGraph graph)
    {
        var first = graph.Layers.OfType<ConvolutionLayer>().First();
        Assert.Equal((file, Number(described, "inputs")), (file, graph.Input.Channels));
        if (Number(described, "outputs") is { } outputs)
            Assert.Equal((file, outputs), (file, graph.Output.Channels));
        if (Number(described, "filters") is { } filters)
            Assert.Equal((file, filters), (file, first.OutputChannels));
        if (Number(described, "layers") is { } layers)
            Assert.Equal((file, layers + 2), (file, graph.Layers.Count(layer => layer is ConvolutionLayer)));
        if (described.TryGetProperty("dropout", out var dropout))
            Assert.Equal((file, dropout.GetBoolean()), (file, graph.Layers.Any(layer => layer is DropoutLayer)));
        var norm = graph
            .Layers.OfType<NormalizationLayer>()
            .Select(layer => layer.Kind.ToString().ToLowerInvariant())
            .Append("none")
            .First();
        Assert.Equal((file, Text(described, "norm")), (file, norm));
    }

    private static void CheckWeights(string file, JsonElement described, StateDict weights)
    {
        var expected = described
            .GetProperty("tensors")
            .EnumerateObject()
            .ToDictionary(tensor => tensor.Name, tensor => tensor.Value.GetString()!);
        // An instance norm's old statistics are in the file, but not in the network.
        Assert.Equal(expected.Keys.Order(), weights.Names.Order());
        foreach (var (name, hash) in expected)
            Assert.Equal(
                (file, name, hash),
                (
                    file,
                    name,
                    Convert.ToHexStringLower(SHA1.HashData(MemoryMarshal.AsBytes(weights[name].Values.AsSpan())))
                )
            );
    }

    private void NeedTorch()
    {
        if (checkpoints.WhyMissing is { } why)
            Assert.Skip(why);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static int? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetInt32() : null;
}
