using System.CommandLine;
using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt data check</c>: what would hurt training later.</summary>
internal static class DataCheckCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var data = new Option<string>("--data", "-d")
        {
            Description =
                "Dataset: a folder with train, val, trainA and so on, or with images; or a file of imt data cache.",
            HelpName = "FOLDER",
            Required = true,
        };
        var report = new Option<string?>("--report")
        {
            Description = "Write the full report to a JSON file.",
            HelpName = "FILE",
        };
        var command = new ImtCommand(
            "check",
            "Find unreadable, odd-sized, blank and duplicate images, leaks into validation, and unused files.",
            "imt data check --data pairs",
            "imt data check --data facades --report check.json"
        )
        {
            Notes =
                "Decodes every image, also those in files of imt data cache. The exit code is 1 if training should skip any "
                + "of them.",
        }.With((ReadOnlySpan<Option>)[data, report]);
        command.SetAction(
            (parsed, cancellation) =>
            {
                var found = DatasetReport.Scan(parsed.GetRequiredValue(data), cancellationToken: cancellation);
                parsed.InvocationConfiguration.Output.Write(
                    OptionNames.Translate(found.ToText(), parsed.CommandResult)
                );
                if (parsed.GetValue(report) is { } path)
                    AtomicFile.WriteText(path, found.ToJson());
                return Task.FromResult(found.FilesToSkip.Count == 0 ? ExitCodes.Success : ExitCodes.Failure);
            }
        );
        return command;
    }
}
