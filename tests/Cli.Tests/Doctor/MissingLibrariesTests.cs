using System.Diagnostics;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Cli.Tests;

/// <summary>
/// An application without the native packages, as a process of its own: the managed files of <c>imt</c> alone.
/// </summary>
public sealed class MissingLibrariesTests : IDisposable
{
    private readonly TemporaryFolder _application = new();

    public MissingLibrariesTests()
    {
        foreach (
            string file in Directory
                .EnumerateFiles(AppContext.BaseDirectory, "*.dll")
                // Images are read by SkiaSharp, which brings its own.
                .Concat(Directory.EnumerateFiles(AppContext.BaseDirectory, "libSkiaSharp.*"))
                .Append(Path.Combine(AppContext.BaseDirectory, "imt.runtimeconfig.json"))
        )
        {
            File.Copy(file, _application.File(Path.GetFileName(file)));
        }
    }

    public void Dispose() => _application.Dispose();

    [Fact]
    public void Doctor_names_the_packages_to_add()
    {
        var (exitCode, output, _) = Run("doctor");
        Assert.Equal(1, exitCode);
        Assert.Contains("dotnet add package Microsoft.ML.OnnxRuntime", output, StringComparison.Ordinal);
        Assert.Contains("dotnet add package TorchSharp-cpu", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Translating_names_the_package_to_add()
    {
        SmallModel.Save(_application.File("model.onnx"));
        var image = new Imaging.RgbImage(16, 16);
        Imaging.ImageEncoder.Save(image, _application.File("in.png"));
        var (exitCode, _, error) = Run(
            "translate",
            "--model",
            _application.File("model.onnx"),
            "--input",
            _application.File("in.png"),
            "--output",
            _application.File("out.png")
        );
        Assert.Equal(2, exitCode);
        Assert.Contains("dotnet add package Microsoft.ML.OnnxRuntime", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_names_the_package_to_add()
    {
        Imaging.ImageEncoder.Save(
            new Imaging.RgbImage(64, 32),
            Path.Combine(Directory.CreateDirectory(_application.File("data")).FullName, "1.png")
        );
        var (exitCode, _, error) = Run(
            "train",
            "pix2pix",
            "--data",
            _application.File("data"),
            "--output",
            _application.File("run"),
            "--generator",
            "unet-32",
            "--crop-size",
            "32",
            "--load-size",
            "32"
        );
        Assert.Equal(2, exitCode);
        Assert.Contains("dotnet add package TorchSharp-cpu", error, StringComparison.Ordinal);
    }

    private (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [_application.File("imt.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
