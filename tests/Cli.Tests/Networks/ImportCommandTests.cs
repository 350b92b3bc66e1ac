using MlNetImageTranslation.Export;
using MlNetImageTranslation.Networks;
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
            NetworkFile.Import(folder.File("d.pth")).Weights.ComputeHash(),
            NetworkFile.Read(folder.File("d.safetensors")).Weights.ComputeHash()
        );
    }

    [Fact]
    public async Task Running_statistics_of_instance_norms_are_used_as_PyTorch_does_in_eval_mode()
    {
        if (PythonOracle.WhyMissing("torch", "numpy") is { } why)
            Assert.Skip(why);
        using var folder = new TemporaryFolder();
        PythonOracle.Run(
            """
            import os, sys, torch
            out = sys.argv[1]
            sys.path.insert(0, sys.argv[2])
            from reference_networks import resnet, shake
            torch.manual_seed(5)
            for name, old in (('tracked', True), ('plain', False)):
                net, module = resnet(2, 4, 'instance', old=old)
                shake(net)
                torch.save(module.state_dict(), os.path.join(out, name + '.pth'))
                if old:
                    x = torch.rand(1, 3, 16, 24) * 2 - 1
                    x.numpy().tofile(os.path.join(out, 'x'))
                    with torch.no_grad():
                        module.eval()(x).numpy().tofile(os.path.join(out, 'eval'))
                        for layer in module.modules():
                            if isinstance(layer, torch.nn.InstanceNorm2d): layer.train()
                        module(x).numpy().tofile(os.path.join(out, 'image'))
            """,
            folder.Path,
            PythonOracle.ModuleFolder
        );
        foreach (var (statistics, expected) in new[] { ("running", "eval"), (null, "image"), ("image", "image") })
        {
            string[] choice = statistics is null ? [] : ["--norm-statistics", statistics];
            var (code, _, error) = await Imt.RunAsync([
                "import",
                folder.File("tracked.pth"),
                "--output",
                folder.File("t.onnx"),
                "--interface",
                "float",
                .. choice,
            ]);
            Assert.True(code == 0, error);
            var found = RawFloats.Run(folder.File("t.onnx"), RawFloats.Read(folder.File("x")), [1, 3, 16, 24]);
            var wanted = RawFloats.Read(folder.File(expected));
            Assert.InRange(found.Zip(wanted, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-5);
        }
        // The two differ, so that the comparisons above mean something.
        Assert.True(
            RawFloats
                .Read(folder.File("eval"))
                .Zip(RawFloats.Read(folder.File("image")), (a, b) => Math.Abs(a - b))
                .Max() > 0.1
        );

        var (refused, _, message) = await Imt.RunAsync(
            "import",
            folder.File("plain.pth"),
            "--output",
            folder.File("p.onnx"),
            "--norm-statistics",
            "running"
        );
        Assert.Equal(2, refused);
        Assert.Contains("'resnet-2' cannot use running statistics", message);
        Assert.False(File.Exists(folder.File("p.onnx")));
    }

    [Theory]
    [InlineData("r.safetensors", "--size", "64", "--size is for ONNX models")]
    [InlineData("r.safetensors", "--norm-statistics", "image", "--norm-statistics is for ONNX models")]
    [InlineData("r.safetensors", "--interface", "float", "--interface is for ONNX models")]
    [InlineData("r.onnx", "--dropout-at-inference", null, "has no dropout, but --dropout-at-inference asks for some")]
    public async Task Options_that_cannot_be_had_are_refused(
        string output,
        string option,
        string? value,
        string message
    )
    {
        using var folder = new TemporaryFolder();
        var graph = NetworkCatalog.Create(new NetworkOptions { Architecture = "resnet-1", Filters = 2 });
        var weights = new StateDict();
        foreach (var parameter in graph.Parameters)
            weights[parameter.Name] = new(parameter.Shape, new float[parameter.Count]);
        NetworkFile.Write(folder.File("own.safetensors"), graph, weights);
        string[] arguments = ["import", folder.File("own.safetensors"), "--output", folder.File(output), option];
        var (code, _, error) = await Imt.RunAsync(value is null ? arguments : [.. arguments, value]);
        Assert.Equal(2, code);
        Assert.Contains(message, error);
        Assert.False(File.Exists(folder.File(output)));
    }

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 217000000\n", "Git LFS pointer")]
    [InlineData("<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>", "web page (HTML), 'Sign in'")]
    [InlineData(
        """
            {
              "metadata": {"total_size": 9},
              "weight_map": {"a.weight": "model-00001-of-00002.safetensors"}
            }
            """,
        "index of a checkpoint that is split"
    )]
    [InlineData("{\"error\": \"Repository not found\"}", "It is a JSON document")]
    public async Task Downloads_that_went_wrong_are_called_what_they_are(string text, string message)
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "x.pth", "x.safetensors" })
        {
            File.WriteAllText(folder.File(name), text);
            var (code, _, error) = await Imt.RunAsync("import", folder.File(name), "--output", folder.File("x.onnx"));
            Assert.Equal(2, code);
            Assert.Contains(name, error);
            Assert.Contains(message, error);
        }
    }

    [Theory]
    [InlineData("model-00002-of-00003.safetensors", "part 2 of 3 of a checkpoint")]
    [InlineData("diffusion_pytorch_model.fp16-00001-of-00002.safetensors", "part 1 of 2 of a checkpoint")]
    [InlineData("pytorch_model-00001-of-00002.bin", "part 1 of 2 of a checkpoint")]
    [InlineData("layer-00001-of-00001.safetensors", null)]
    [InlineData("model-00004-of-00003.safetensors", null)]
    [InlineData("1-of-a-kind.safetensors", null)]
    public async Task A_part_of_a_checkpoint_is_called_one(string name, string? message)
    {
        using var folder = new TemporaryFolder();
        var weights = new StateDict { ["model.0.weight"] = new([4, 3, 7, 7], new float[4 * 3 * 7 * 7]) };
        weights.Write(folder.File(name));
        var (code, _, error) = await Imt.RunAsync("import", folder.File(name), "--output", folder.File("x.onnx"));
        Assert.Equal(2, code);
        Assert.Contains("model.0.weight", error);
        if (message is null)
            Assert.DoesNotContain("of a checkpoint", error);
        else
            Assert.Contains(message, error);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("import", "", "--output", "x.onnx")]
    [InlineData("train", "pix2pix", "--label-palette", "")]
    [InlineData("train", "pix2pix", "--generator-file", "")]
    public async Task Pipes_devices_and_folders_are_no_files(params string[] words)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Files of Linux.");
        using var folder = new TemporaryFolder();
        string pipe = folder.File("pipe");
        using (var make = System.Diagnostics.Process.Start("mkfifo", [pipe]))
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        foreach (string file in (string[])[pipe, "/dev/zero", folder.Path])
        {
            string[] arguments =
            [
                .. words.Select(word =>
                    word == "" ? file
                    : word == "x.onnx" ? folder.File(word)
                    : word
                ),
            ];
            if (words[0] == "train")
                arguments = [.. arguments, "--data", folder.Path, "--output", folder.File("run")];
            var (code, _, error) = await Imt.RunAsync(arguments);
            Assert.Equal(2, code);
            Assert.Contains(file == folder.Path ? "is a folder" : "a pipe or a device", error);
            Assert.False(Directory.Exists(folder.File("run")));
        }
    }

    [Fact]
    public async Task What_is_no_checkpoint_is_a_mistake_of_the_caller()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("x.pth"), "404: Not Found");
        var (code, _, error) = await Imt.RunAsync("import", folder.File("x.pth"), "--output", folder.File("x.onnx"));
        Assert.Equal(2, code);
        Assert.Contains("x.pth", error);
        Assert.Contains("neither a safetensors file nor one of torch.save", error);
        (code, _, error) = await Imt.RunAsync("import", folder.File("missing.pth"), "--output", folder.File("x.onnx"));
        Assert.Equal(2, code);
        Assert.Contains("missing.pth", error);
        Assert.False(File.Exists(folder.File("x.onnx")));
    }
}
