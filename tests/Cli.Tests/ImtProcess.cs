using System.Diagnostics;

namespace MlNetImageTranslation.Cli.Tests;

/// <summary>The command line as a process of its own, which can be killed.</summary>
internal sealed class ImtProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;

    public ImtProcess(params IEnumerable<string> arguments)
        : this(arguments, []) { }

    /// <param name="through">A program that runs it, with its arguments; empty for none.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="home">The home of the user that it runs as.</param>
    public ImtProcess(string[] through, IEnumerable<string> arguments, string home)
        : this(arguments, new() { ["HOME"] = home }, through) { }

    /// <param name="arguments">The command line.</param>
    /// <param name="environment">Variables to set, or to remove where null.</param>
    /// <param name="through">A program that runs it, with its arguments; null for none.</param>
    public ImtProcess(IEnumerable<string> arguments, Dictionary<string, string?> environment, string[]? through = null)
    {
        string dotnet =
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";
        string[] program = [.. through ?? [], dotnet];
        var start = new ProcessStartInfo(program[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in program[1..])
            start.ArgumentList.Add(argument);
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "imt.dll"));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        // One thread a process: the machine runs other tests as well.
        start.Environment["OMP_NUM_THREADS"] = "1";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>
    /// Gives bytes to a program's standard input and returns what it wrote to its standard output, with exit code and
    /// errors.
    /// </summary>
    public static async Task<(int ExitCode, byte[] Output, string Error)> PipeAsync(
        byte[] input,
        params IEnumerable<string> arguments
    )
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "imt.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        await reading;
        await process.WaitForExitAsync();
        return (process.ExitCode, output.ToArray(), await error);
    }

    /// <summary>Reads lines until one fulfils the condition; false if the output ended before.</summary>
    public bool ReadUntil(Func<string, bool> condition)
    {
        while (_process.StandardOutput.ReadLine() is { } line)
            if (condition(line))
                return true;
        return false;
    }

    /// <summary>Done when the process has ended.</summary>
    public Task Ended => _process.WaitForExitAsync();

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>
    /// Skips the test where this process ignores a signal, as background jobs of a shell do: whoever it starts ignores
    /// it, too.
    /// </summary>
    public static void SkipIfIgnored(int signal)
    {
        const string Status = "/proc/self/status",
            Name = "SigIgn:";
        if (
            File.Exists(Status)
            && File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal))
                is { } line
        )
            Assert.SkipWhen(
                (Convert.ToUInt64(line[Name.Length..].Trim(), 16) >> (signal - 1) & 1) == 1,
                $"signal {signal} is ignored here"
            );
    }

    /// <summary>Sends a signal by name.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("/bin/kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end and returns exit code and errors.</summary>
    public (int ExitCode, string Error) End()
    {
        _process.StandardOutput.ReadToEnd();
        _process.WaitForExit();
        return (_process.ExitCode, _error.Result);
    }

    public void Dispose() => _process.Dispose();
}
