using System.Diagnostics;

namespace MlNetImageTranslation.Cli.Tests;

/// <summary>What happens where standard output takes nothing.</summary>
public sealed class StandardOutputTests
{
    [Theory]
    [InlineData("unet-128", ">&-", 2, "Standard output cannot be written to: it is closed")]
    [InlineData("unet-128", "> /dev/full", 2, "Standard output cannot be written to: No space left on device")]
    [InlineData("unet-128", "<&-", 0, "")]
    [InlineData("unet-128", "2>&-", 0, "")]
    [InlineData("nonsense", "2>&-", 2, "")]
    [InlineData("nonsense", "2> /dev/full", 2, "")]
    public async Task A_closed_or_full_output_is_named(string network, string redirection, int code, string message)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Shell redirections and /dev/full.");
        var start = new ProcessStartInfo(
            "/bin/bash",
            ["-c", $"exec dotnet \"$1\" summary {network} {redirection}", "bash", Imt]
        )
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((code, true), (process.ExitCode, error.Contains(message, StringComparison.Ordinal)));
    }

    private static string Imt => Path.Combine(AppContext.BaseDirectory, "imt.dll");
}
