using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Cli.Tests;

public sealed class DoctorTests
{
    [Fact]
    public async Task Says_what_is_really_loaded()
    {
        var (exitCode, output, _) = await Imt.RunAsync("doctor");
        Assert.Equal(0, exitCode);
        Assert.Contains(
            System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription,
            output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetVersionString(),
            output,
            StringComparison.Ordinal
        );
        Assert.Contains(TorchSharp.torch.__version__, output, StringComparison.Ordinal);
        Assert.Contains(
            MlNetImageTranslation.Trainer.TrainingProcess.IsTorchLoadedFromMemory
                ? "from a copy in memory"
                : "by the system",
            output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Loading_ONNX_Runtime_makes_no_identifier_to_report()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere it is kept in another place.");
        using var folder = new TemporaryFolder();
        using var doctor = new ImtProcess(
            ["doctor"],
            new() { ["XDG_CACHE_HOME"] = folder.Path, ["ORT_DISABLE_TELEMETRY"] = null }
        );
        Assert.Equal(0, doctor.End().ExitCode);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories),
            file => Path.GetFileName(file) is "deviceid" or "onnxruntime.db"
        );
    }

    [Fact]
    public void Something_broken_is_a_failure_and_a_warning_is_not()
    {
        using var output = new StringWriter();
        Assert.Equal(
            1,
            DoctorCommand.Print([new("a", "b"), new("engine", "does not load", Severity.Broken, "Run set-up.")], output)
        );
        Assert.Contains("engine: Run set-up.", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            0,
            DoctorCommand.Print([new("threads", "slow", Severity.Warning, "Install a better one.")], output)
        );
        Assert.Contains("threads: Install a better one.", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing is missing.", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Mapped_libraries_are_found_by_name()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no /proc/self/maps.");
        Assert.Contains(
            LoadedLibraries.Named("libcoreclr"),
            path => path.EndsWith("libcoreclr.so", StringComparison.Ordinal)
        );
        Assert.Empty(LoadedLibraries.Named("libnobodyhasthis"));
    }
}
