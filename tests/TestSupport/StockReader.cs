using System.Diagnostics;

namespace MlNetImageTranslation.TestSupport;

/// <summary>The program tests/StockReader: an ML.NET application that has none of this project's libraries.</summary>
public static class StockReader
{
    /// <summary>Runs it to its end.</summary>
    /// <returns>The lines that it wrote.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message has what it wrote about that.</exception>
    public static string[] Run(params string[] arguments)
    {
        // Beside the test project's output folder: artifacts/<mode>/bin/<project>/<configuration>.
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        string program = Path.Combine(own.Parent!.Parent!.FullName, "StockReader", own.Name, "StockReader.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(program);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"StockReader exited with {process.ExitCode}: {error.Result}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
