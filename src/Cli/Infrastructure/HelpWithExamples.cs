using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace MlNetImageTranslation.Cli;

/// <summary>System.CommandLine's help, followed by the command's notes and examples.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not ImtCommand command)
            return ExitCodes.Success;
        var output = parseResult.InvocationConfiguration.Output;
        if (command.Notes is { } notes)
        {
            output.WriteLine(notes);
            output.WriteLine();
        }
        if (command.Examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (var example in command.Examples)
                output.WriteLine("  " + example);
            output.WriteLine();
        }
        return ExitCodes.Success;
    }
}
