namespace MlNetImageTranslation.Cli.Tests;

/// <summary>Runs the command line inside the test's process.</summary>
internal static class Imt
{
    /// <summary>Exit code, standard output and standard error of <c>imt</c> with these arguments.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
