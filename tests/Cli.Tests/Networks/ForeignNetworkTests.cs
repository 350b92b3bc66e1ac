using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Cli.Tests;

/// <summary>Networks as other implementations build and name them compute what they do in torch.</summary>
public sealed class ForeignNetworkTests
{
    [Fact]
    public async Task Imported_models_compute_what_torch_does_in_eval_mode()
    {
        if (PythonOracle.WhyMissing("torch", "numpy") is { } why)
            Assert.Skip(why);
        using var folder = new TemporaryFolder();
        PythonOracle.Run(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Networks", "make_foreign_networks.py")),
            folder.Path,
            PythonOracle.ModuleFolder
        );
        await Check("affine_unet", "unet-32, 3 to 3 channels, 4 filters, instance norm", 32, 64);
        await Check("affine_resnet", "resnet-2, 3 to 3 channels, 4 filters, instance norm");
        await Check("biased_resnet", "resnet-2, 3 to 3 channels, 4 filters, batch norm");
        await Check("spectral_resnet", "resnet-2, 3 to 3 channels, 4 filters, instance norm");
        await Check("spectral_parametrized", "resnet-2, 3 to 3 channels, 4 filters, instance norm");
        await Check("spectral_unet", "unet-32, 3 to 3 channels, 4 filters, instance norm", 32, 64);
        await Check("weight_norm", "resnet-2, 3 to 3 channels, 4 filters, no norm");
        await Check("weight_norm_inputs", "resnet-2, 3 to 3 channels, 4 filters, no norm");
        await Check("weight_norm_columns", "resnet-2, 3 to 3 channels, 4 filters, no norm");
        await Check("weight_norm_whole", "resnet-2, 3 to 3 channels, 4 filters, no norm");
        await Check("weight_norm_parametrized", "resnet-2, 3 to 3 channels, 4 filters, no norm");
        await Check("pix2pixhd", "resnet-3, 7 to 3 channels, 4 filters, instance norm", 48, 32, channels: 7);
        await Check(
            "pix2pixhd_local",
            "pix2pixhd-local, 7 to 3 channels, 4 filters, instance norm",
            64,
            48,
            channels: 7
        );
        await Check("pix2pixhd_local_blocks", "pix2pixhd-local-5-2, 3 to 3 channels, 4 filters, instance norm", 64, 48);
        await Check(
            "pix2pixhd_d",
            "pix2pixhd-patch, 7 to 1 channels, 4 filters, instance norm",
            40,
            48,
            channels: 7,
            entry: "scale1"
        );
        await Check("pytorch_gan_resnet", "resnet-3, 3 to 3 channels, 4 filters, instance norm");
        await Check("pytorch_gan_unet", "pytorch-gan-unet, 3 to 3 channels, 4 filters, instance norm", 256, 256);
        await Check("pytorch_gan_discogan", "pytorch-gan-discogan, 3 to 3 channels, 4 filters, instance norm", 64, 128);
        await Check("pytorch_gan_dualgan", "pytorch-gan-dualgan, 3 to 3 channels, 4 filters, instance norm", 128, 256);
        const string discriminator = "pytorch-gan-patch, 6 to 1 channels, 4 filters, instance norm";
        await Check("pytorch_gan_pair_discriminator", discriminator, channels: 6);
        await Check("pytorch_gan_discriminator", discriminator.Replace("6 to", "3 to", StringComparison.Ordinal));

        async Task Check(
            string name,
            string described,
            int height = 32,
            int width = 48,
            int channels = 3,
            string? entry = null
        )
        {
            var model = folder.File(name + ".onnx");
            var (code, output, error) = await Imt.RunAsync([
                "import",
                folder.File(name + ".pth"),
                "--output",
                model,
                "--interface",
                "float",
                .. entry is null ? Array.Empty<string>() : ["--entry", entry],
            ]);
            Assert.True(code == 0, $"{name}: {error}");
            Assert.Contains(described, output);
            var found = RawFloats.Run(model, RawFloats.Read(folder.File(name + ".x")), [1, channels, height, width]);
            var wanted = RawFloats.Read(folder.File(name + ".y"));
            double largest = found.Zip(wanted, (a, b) => Math.Abs(a - b)).Max();
            Assert.True(largest < 2e-5, $"{name}: largest error {largest}");
        }
    }
}
