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
            Description = "Folder of the dataset (with train, val, trainA …, or images in it).",
            Required = true,
        };
        var report = new Option<string?>("--report") { Description = "Write the whole report here as JSON." };
        var command = new ImtCommand(
            "check",
            "Look for unreadable, odd-sized, one-coloured and duplicate images, leaks into validation, and files left "
                + "out.",
            "imt data check --data pairs",
            "imt data check --data facades --report check.json"
        )
        {
            Notes = "Every image is decoded. Exit code 0: nothing that training should skip; 1: there is.",
        }.With((ReadOnlySpan<Option>)[data, report]);
        command.SetAction(
            (parsed, cancellation) =>
            {
                var found = DatasetScanner.Scan(parsed.GetRequiredValue(data), cancellationToken: cancellation);
                parsed.InvocationConfiguration.Output.Write(found.ToText());
                if (parsed.GetValue(report) is { } path)
                    File.WriteAllText(path, found.ToJson());
                return Task.FromResult(found.FilesToSkip.Count == 0 ? ExitCodes.Success : ExitCodes.Failure);
            }
        );
        return command;
    }
}
