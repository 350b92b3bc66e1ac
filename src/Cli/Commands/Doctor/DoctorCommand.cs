using System.CommandLine;
using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt doctor</c>: what this machine has, what is missing, and what to do about it.</summary>
internal static class DoctorCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var command = new ImtCommand(
            "doctor",
            "Show what this machine has for training and translation, and what is missing.",
            "imt doctor"
        )
        {
            Notes =
                "Versions are those of the libraries that were really loaded. Exit code 0: everything works. 1: training or "
                + "translation cannot work.",
        };
        command.SetAction(parsed => Print(Look(), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static IEnumerable<Finding> Look() =>
        [.. MachineProbe.Look(), .. OnnxRuntimeProbe.Look(), .. LibtorchProbe.Look()];

    /// <summary>Prints the findings, then what to do, and returns the exit code.</summary>
    internal static int Print(IEnumerable<Finding> findings, TextWriter output)
    {
        var list = findings.ToList();
        var width = list.Max(finding => finding.Subject.Length);
        foreach (var finding in list)
            output.WriteLine($"{Mark(finding.Severity)} {finding.Subject.PadRight(width)}  {finding.Value}");
        var advice = list.Where(finding => finding.Advice is not null).ToList();
        output.WriteLine();
        foreach (var finding in advice)
            output.WriteLine($"{finding.Subject.Trim()}: {finding.Advice}");
        if (advice.Count == 0)
            output.WriteLine("Nothing is missing.");
        return list.Any(finding => finding.Severity == Severity.Broken) ? ExitCodes.Failure : ExitCodes.Success;
    }

    private static string Mark(Severity severity) =>
        severity switch
        {
            Severity.Good => "  ",
            Severity.Warning => "! ",
            _ => "X ",
        };
}
