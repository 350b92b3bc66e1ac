using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Weights.Tests;

/// <summary>Real files, damaged: always an answer, never a crash, a hang or a memory that grows.</summary>
public sealed class DamagedCheckpointTests(ReferenceCheckpoints checkpoints)
{
    [Theory]
    [InlineData("unet_none.pt")]
    [InlineData("training.pth")]
    [InlineData("unet_strided.pth")]
    [InlineData("training_legacy.pth")]
    [InlineData("unet_wrapped_legacy.pth")]
    [InlineData("resnet_bfloat16_legacy.pth")]
    public void PyTorch_files_are_read_or_refused(string file)
    {
        if (checkpoints.WhyMissing is { } why)
            Assert.Skip(why);
        Attack(File.ReadAllBytes(checkpoints[file]), file, 250);
    }

    [Fact]
    public void Safetensors_files_are_read_or_refused()
    {
        var graph = NetworkCatalog.Create(new NetworkOptions { Architecture = "unet-4", Filters = 2 });
        var weights = new StateDict();
        foreach (var parameter in graph.Parameters)
            weights[parameter.Name] = new(parameter.Shape, new float[parameter.Count]);
        using var folder = new TemporaryFolder();
        NetworkFile.Write(
            folder.File("whole.safetensors"),
            graph,
            weights,
            new ModelCard { Architecture = graph.Name }
        );
        Attack(File.ReadAllBytes(folder.File("whole.safetensors")), "safetensors", 800);
    }

    private static void Attack(byte[] file, string name, int times)
    {
        Assert.Null(Safely.Import(file, name));
        int refused = 0;
        for (int seed = 0; seed < times; seed++)
            if (Safely.Import(new Mutator(seed).Damage(file), $"{name}, seed {seed}") is not null)
                refused++;
        for (int part = 0; part < 40; part++)
            Assert.NotNull(Safely.Import(file[..(int)(file.LongLength * part / 40)], $"{name}, {part}/40 of it"));
        // Damage among the values of tensors goes unseen; most of it does not fall there.
        Assert.True(refused > times / 5, $"{name}: only {refused} of {times} damaged files were refused.");
    }
}
