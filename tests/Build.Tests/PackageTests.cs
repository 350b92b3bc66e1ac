using System.Text.Json;

namespace MlNetImageTranslation.Build.Tests;

/// <summary>Which packages the projects reference, as MSBuild evaluates it.</summary>
public sealed class PackageTests
{
    private const string ML = "Microsoft.ML 5.0.1";
    private const string ImageAnalytics = "Microsoft.ML.ImageAnalytics 5.0.1";
    private const string OnnxTransformer = "Microsoft.ML.OnnxTransformer 5.0.1";
    private const string OnnxRuntime = "Microsoft.ML.OnnxRuntime.Managed 1.31.0";

    [Theory]
    [InlineData("src/Networks")]
    [InlineData(
        "src/Imaging",
        "BitMiracle.LibTiff.NET 2.4.660",
        ImageAnalytics,
        "SkiaSharp 2.88.9",
        "System.Numerics.Tensors 10.0.15"
    )]
    [InlineData("src/Export", "Google.Protobuf 3.36.2", "Grpc.Tools 2.85.0")]
    [InlineData("src/Transforms", ML, ImageAnalytics, OnnxRuntime, OnnxTransformer)]
    [InlineData("src/Trainer", ML, ImageAnalytics, "System.Numerics.Tensors 10.0.15", "TorchSharp 0.107.0")]
    public void Libraries_name_managed_packages_only(string project, params string[] expected)
    {
        Assert.Equal(expected, new ProjectEvaluation(project, "cpu").Packages);
        Assert.Equal(expected, new ProjectEvaluation(project, "cuda").Packages);
    }

    [Theory]
    [InlineData("cpu", "Microsoft.ML.OnnxRuntime 1.31.0", "libtorch-cpu-linux-x64 2.10.0")]
    [InlineData("cuda", "Microsoft.ML.OnnxRuntime.Gpu 1.31.0", "TorchSharp-cuda-linux 0.107.0")]
    public void Applications_and_tests_bring_the_native_packages(string accelerator, params string[] expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other platforms take other packages.");
        foreach (var project in new[] { "src/Cli", "tests/Trainer.Tests" })
        {
            var packages = new ProjectEvaluation(project, accelerator).Packages;
            Assert.Equal(expected, packages.Where(IsNative));
        }
    }

    [Theory]
    [InlineData("src/Cli")]
    [InlineData("samples/ImageTranslation_Web")]
    [InlineData("tests/Trainer.Tests")]
    public void The_native_packages_of_CUDA_are_linked_not_copied_into_every_output(string project)
    {
        // Of the packages' libraries and of the files that they put together themselves.
        string[] names =
        [
            "CreateHardLinksForCopyLocalIfPossible",
            "CreateHardLinksForCopyFilesToOutputDirectoryIfPossible",
        ];
        var (exitCode, output) = Repository.Run(
            "dotnet",
            "msbuild",
            project,
            "-p:Accelerator=cuda",
            $"-getProperty:Accelerator,{string.Join(',', names)}"
        );
        Assert.True(exitCode == 0, output);
        var properties = JsonDocument.Parse(output).RootElement.GetProperty("Properties");
        Assert.Equal("cuda", properties.GetProperty("Accelerator").GetString());
        Assert.All(names, name => Assert.Equal("true", properties.GetProperty(name).GetString()));
    }

    [Theory]
    [InlineData("Restore")]
    [InlineData("Build")]
    public void An_unknown_accelerator_is_an_error(string target)
    {
        var (exitCode, output) = Repository.Run(
            "dotnet",
            "msbuild",
            "src/Networks",
            "-t:" + target,
            "-p:Accelerator=tpu",
            "-v:q"
        );
        Assert.NotEqual(0, exitCode);
        Assert.Contains("Accelerator is 'tpu'", output, StringComparison.Ordinal);
    }

    private static bool IsNative(string package) =>
        package.StartsWith("TorchSharp", StringComparison.Ordinal)
        || package.StartsWith("libtorch", StringComparison.Ordinal)
        || package.StartsWith("Microsoft.ML.OnnxRuntime", StringComparison.Ordinal);
}
