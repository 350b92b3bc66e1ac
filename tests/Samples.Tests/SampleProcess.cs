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
        // Where ONNX Runtime would keep the identifier that it reports, had the sample not turned that off.
        string cache = Path.Combine(workingFolder, ".cache");
        start.Environment["XDG_CACHE_HOME"] = cache;
        start.Environment.Remove("ORT_DISABLE_TELEMETRY");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.False(
            Directory.Exists(cache) && Directory.EnumerateFiles(cache, "*deviceid*", SearchOption.AllDirectories).Any(),
            "ONNX Runtime reports its use."
        );
        return (process.ExitCode, output, await error);
    }
}
