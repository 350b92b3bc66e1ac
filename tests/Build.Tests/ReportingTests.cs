namespace MlNetImageTranslation.Build.Tests;

/// <summary>Programs of this repository report nothing to others.</summary>
public sealed class ReportingTests
{
    [Fact]
    public void Every_program_turns_off_what_ONNX_Runtime_reports()
    {
        string[] programs =
        [
            Path.Combine(Repository.Root, "src", "Cli", "Program.cs"),
            Path.Combine(Repository.Root, "samples", "translate.fsx"),
            .. Programs("samples"),
            .. Programs("benchmarks"),
        ];
        Assert.InRange(programs.Length, 8, 100);
        Assert.All(
            programs,
            program =>
                Assert.Contains(
                    "OnnxRuntimeLibrary.DisableTelemetry()",
                    File.ReadAllText(program),
                    StringComparison.Ordinal
                )
        );
    }

    private static string[] Programs(string folder) =>
        Directory.GetFiles(Path.Combine(Repository.Root, folder), "Program.cs", SearchOption.AllDirectories);
}
