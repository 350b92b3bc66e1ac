using MlNetImageTranslation.Export;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Cli.Tests;

public sealed class ImportCommandTests
{
    private const string Script = """
        import os, sys, torch
        out = sys.argv[1]
        sys.path.insert(0, sys.argv[2])
        from reference_networks import patch, resnet, shake, unet
        torch.manual_seed(3)
        for name, (net, module) in {'g': unet(5, 4, 'batch'), 'l': unet(5, 4, 'batch', 4, 5), 'gray': unet(5, 4, 'batch', 1, 1), 'r': resnet(2, 4, 'instance'), 'd': patch(2, 4, 'batch')}.items():
            shake(net)
            torch.save({'netG': module.state_dict()} if name == 'r' else module.state_dict(), os.path.join(out, name + '.pth'), _use_new_zipfile_serialization=name != 'r')
        """;

    [Fact]
    public async Task Checkpoints_become_verified_models_and_weights()
    {
        if (PythonOracle.WhyMissing("torch") is { } why)
            Assert.Skip(why);
        using var folder = new TemporaryFolder();
        PythonOracle.Run(Script, folder.Path, PythonOracle.ModuleFolder);

        var (code, output, error) = await Imt.RunAsync(
            "import",
            folder.File("g.pth"),
            "--output",
            folder.File("g.onnx")
        );
        Assert.True(code == 0, error);
        Assert.Contains("unet-32, 3 to 3 channels, 4 filters, batch norm", output);
        Assert.Contains("statistics of the image", output);
        Assert.Contains("Verified on 3 images", output);
        var card = OnnxModelInfo.Read(folder.File("g.onnx")).Card;
        Assert.Equal(("unet-32", "import"), (card?.Architecture, card?.Provenance?.Trainer));

        (code, output, error) = await Imt.RunAsync(
            "import",
            folder.File("r.pth"),
            "--output",
            folder.File("r.onnx"),
            "--interface",
            "float",
            "--size",
            "64"
        );
        Assert.True(code == 0, error);
        Assert.Contains("resnet-2, 3 to 3 channels, 4 filters, instance norm, from 'netG'", output);

        // A discriminator makes no images.
        (code, _, error) = await Imt.RunAsync("import", folder.File("d.pth"), "--output", folder.File("d.onnx"));
        Assert.Equal(2, code);
        Assert.Contains("patch (6x256x256 to 1x62x62), which does not map images to images", error);
        Assert.Contains(".safetensors", error);
        Assert.Contains("--interface float", error);
        (code, output, error) = await Imt.RunAsync(
            "import",
            folder.File("d.pth"),
            "--output",
            folder.File("d.onnx"),
            "--interface",
            "float"
        );
        Assert.True(code == 0, error);
        Assert.Contains("Verified on 3 images", output);
        Assert.Equal(
            "translated: float [N, 1, H_out, W_out]",
            OnnxModelInfo.Read(folder.File("d.onnx")).Outputs[0].ToString()
        );
        (code, output, _) = await Imt.RunAsync("onnx", "check", folder.File("d.onnx"));
        Assert.Equal(1, code);
        Assert.Contains("is a discriminator (patch)", output);

        // Networks of other channels than images have are verified and written all the same.
        (code, output, error) = await Imt.RunAsync(
            "import",
            folder.File("l.pth"),
            "--output",
            folder.File("l.onnx"),
            "--interface",
            "float"
        );
        Assert.True(code == 0, error);
        Assert.Contains("unet-32, 4 to 5 channels", output);
        Assert.Contains("Verified on 3 images", output);
        (code, output, error) = await Imt.RunAsync(
            "import",
            folder.File("gray.pth"),
            "--output",
            folder.File("gray.onnx"),
            "--interface",
            "float"
        );
        Assert.True(code == 0, error);
        (code, output, _) = await Imt.RunAsync(
            "import",
            folder.File("d.pth"),
            "--output",
            folder.File("d.safetensors")
        );
        Assert.Equal(0, code);
        Assert.Equal(
            WeightsHash.Compute(CheckpointImporter.Import(folder.File("d.pth")).Weights),
            WeightsHash.Compute(NetworkFile.Read(folder.File("d.safetensors")).Weights)
        );
    }

    [Fact]
    public async Task What_is_no_checkpoint_is_a_mistake_of_the_caller()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("x.pth"), "404: Not Found");
        var (code, _, error) = await Imt.RunAsync("import", folder.File("x.pth"), "--output", folder.File("x.onnx"));
        Assert.Equal(2, code);
        Assert.Contains("x.pth", error);
        Assert.Contains("neither a zip archive nor a pickle", error);
        (code, _, error) = await Imt.RunAsync("import", folder.File("missing.pth"), "--output", folder.File("x.onnx"));
        Assert.Equal(2, code);
        Assert.Contains("missing.pth", error);
        Assert.False(File.Exists(folder.File("x.onnx")));
    }
}
