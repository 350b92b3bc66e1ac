using System.Collections.Concurrent;
using System.Diagnostics;

namespace MlNetImageTranslation.TestSupport;

/// <summary>
/// Runs a script in Debian's Python (torch, numpy, PIL, onnx, skimage), the oracle that nobody here wrote.
/// </summary>
public static class PythonOracle
{
    private const string Interpreter = "/usr/bin/python3";

    /// <summary>
    /// The folder of the Python modules that scripts share (reference_networks); scripts insert it into sys.path.
    /// </summary>
    public static string ModuleFolder => Path.Combine(AppContext.BaseDirectory, "Python");

    private static readonly ConcurrentDictionary<string, Lazy<string?>> Answers = new();

    /// <summary>
    /// Why the oracle cannot answer (no interpreter, a missing module), or null when it can. Asked once a process for
    /// each set of modules.
    /// </summary>
    public static string? WhyMissing(params string[] modules) =>
        Answers.GetOrAdd(string.Join(",", modules), _ => new Lazy<string?>(() => Look(modules))).Value;

    private static string? Look(string[] modules)
    {
        if (!File.Exists(Interpreter))
            return $"{Interpreter} is not there; ./test.sh installs it.";
        // Finding a module is a hundred times quicker than importing torch.
        var (code, output, error) = Start(
            "import sys, importlib.util as u; print(' '.join(m for m in sys.argv[1:] if u.find_spec(m) is None))",
            modules
        );
        var missing = output.Trim();
        return code != 0 ? error.Trim().Split('\n')[^1]
            : missing.Length == 0 ? null
            : $"{Interpreter} has no module {missing}; ./test.sh installs it.";
    }

    /// <summary>
    /// Runs <paramref name="script"/> with <paramref name="arguments"/> as sys.argv[1:] and returns what it printed.
    /// </summary>
    /// <exception cref="InvalidOperationException">The script failed; the message holds its standard error.</exception>
    public static string Run(string script, params string[] arguments)
    {
        var (code, output, error) = Start(script, arguments);
        return code == 0
            ? output
            : throw new InvalidOperationException($"The Python oracle exited with {code}:\n{error}");
    }

    private static (int Code, string Output, string Error) Start(string script, string[] arguments)
    {
        var start = new ProcessStartInfo(Interpreter) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // Thread counts change floating-point sums: the oracle runs with one unless a script sets another.
        start.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
