using System.Diagnostics;

namespace MlNetImageTranslation.Samples.Tests;

/// <summary>A sample as a user starts it, in a folder of its own.</summary>
internal static class SampleProcess
{
    /// <summary>Exit code and both outputs of a sample with these arguments.</summary>
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(
        string sample,
        string workingFolder,
        params string[] arguments
    ) => RunDotnetAsync(workingFolder, [Path.Combine(AppContext.BaseDirectory, sample + ".dll"), .. arguments]);

    /// <summary>Exit code and both outputs of <c>dotnet</c> with these arguments.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunDotnetAsync(
        string workingFolder,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            arguments
        )
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }
}
