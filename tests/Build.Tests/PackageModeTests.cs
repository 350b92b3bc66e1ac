namespace MlNetImageTranslation.Build.Tests;

/// <summary>The switch of Directory.Build.props/.targets, read as MSBuild evaluates it.</summary>
public sealed class PackageModeTests
{
    private static readonly string[] s_field =
        ["Microsoft.ML", "Microsoft.ML.ImageAnalytics", "Microsoft.ML.OnnxTransformer", "Microsoft.ML.OnnxRuntime", "TorchSharp"];

    [Theory]
    [InlineData("src/Networks", "")]
    [InlineData("src/Imaging", "Microsoft.ML.ImageAnalytics 5.0.0")]
    [InlineData("src/Export", "Google.Protobuf 3.30.2")]
    [InlineData("src/Transforms", "Microsoft.ML 5.0.0|Microsoft.ML.ImageAnalytics 5.0.0|Microsoft.ML.OnnxRuntime.Managed 1.23.2|Microsoft.ML.OnnxTransformer 5.0.0")]
    [InlineData("src/Trainer", "Microsoft.ML 5.0.0|Microsoft.ML.ImageAnalytics 5.0.0|System.Numerics.Tensors 9.0.19|TorchSharp 0.107.0")]
    public void LibrariesNameManagedPackagesOnly(string project, string expected)
    {
        foreach (var accelerator in new[] { "cpu", "cuda" })
        {
            var evaluation = new Evaluation(project, "nuget", accelerator);
            Assert.Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries), evaluation.Packages);
            Assert.Empty(evaluation.CompatProjects);
        }
    }

    [Theory]
    [InlineData("cpu", "Microsoft.ML.OnnxRuntime 1.23.2|TorchSharp-cpu 0.107.0")]
    [InlineData("cuda", "Microsoft.ML.OnnxRuntime.Gpu 1.23.2|TorchSharp-cuda-linux 0.107.0")]
    public void ApplicationsAndTestsBringTheNativePackages(string accelerator, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The CUDA package of TorchSharp has another name there.");
        foreach (var project in new[] { "src/Cli", "tests/Trainer.Tests" })
        {
            var packages = new Evaluation(project, "nuget", accelerator).Packages;
            Assert.Equal(expected.Split('|'), packages.Where(package => package.StartsWith("TorchSharp", StringComparison.Ordinal) || package.StartsWith("Microsoft.ML.OnnxRuntime", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void CompatProjectsAreEmptyWithTheRealPackages()
    {
        var projects = Repository.Projects("compat").ToList();
        Assert.True(projects.Count >= 5);
        foreach (var project in projects) Assert.Equal(0, new Evaluation(project, "nuget").References);
    }

    [Fact]
    public void EveryFieldLibraryIsOneProjectInCompatModeAndNeverAPackage()
    {
        foreach (var project in Repository.Projects("src", "samples", "benchmarks", "tests"))
        {
            var compat = new Evaluation(project, "compat");
            Assert.Equal(compat.FieldLibraries, compat.CompatProjects);
            Assert.Subset(s_field.ToHashSet(), compat.FieldLibraries.ToHashSet());
            Assert.DoesNotContain(compat.Packages, package => package.StartsWith("Microsoft.ML", StringComparison.Ordinal) || package.StartsWith("TorchSharp", StringComparison.Ordinal));
            Assert.DoesNotContain("/nuget/", compat.OutputPath.Replace('\\', '/'), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TheModesNeverShareAFolder()
    {
        var (nuget, compat) = (new Evaluation("src/Cli", "nuget"), new Evaluation("src/Cli", "compat"));
        Assert.Contains("artifacts/nuget/", nuget.OutputPath.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.Contains("artifacts/compat/", compat.OutputPath.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.Contains("artifacts/nuget/", nuget.IntermediatePath.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.Contains("artifacts/compat/", compat.IntermediatePath.Replace('\\', '/'), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Packages=conda", "Packages is 'conda'")]
    [InlineData("Accelerator=tpu", "Accelerator is 'tpu'")]
    public void AnUnknownValueIsAnErrorOfRestoreAndOfBuild(string property, string message)
    {
        foreach (var target in new[] { "Restore", "Build" })
        {
            var (exitCode, output) = Repository.Run("dotnet", "msbuild", "src/Networks", "-t:" + target, "-p:" + property, "-v:q");
            Assert.NotEqual(0, exitCode);
            Assert.Contains(message, output, StringComparison.Ordinal);
        }
    }
}
