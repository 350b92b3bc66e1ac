using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace MlNetImageTranslation.Cli;

/// <summary>
/// Runs one command line and turns everything that can go wrong into an exit code and one clear message.
/// </summary>
internal static class CommandLine
{
    /// <summary>Set to anything: unexpected errors are printed with their stack.</summary>
    public const string DebugVariable = "IMT_DEBUG";

    /// <summary>Parses and runs <paramref name="arguments"/>.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        var root = RootCommandFactory.Create();
        AddExamplesToHelp(root);
        // `imt help train` is what other programs call `imt train --help`.
        if (arguments is ["help", .. var about])
            arguments = [.. about, "--help"];
        var parsed = root.Parse(RenamedOptions.Update(arguments));
        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        if (
            parsed is { Action: ParseErrorAction or HelpWithExamples, UnmatchedTokens: [var word, ..] }
            && !word.StartsWith('-')
            && parsed.CommandResult.Command.Subcommands is { Count: > 0 } commands
        )
        {
            error.WriteLine(
                $"There is no command '{word}'.{Suggestions.For(word, commands.Select(command => command.Name))}"
            );
            error.WriteLine($"'{CommandPath(parsed.CommandResult)} --help' lists what there is.");
            return ExitCodes.UserError;
        }
        // Help answers whatever else is wrong.
        if (parsed.Action is not HelpWithExamples && UnknownOptions.Find(parsed) is { Count: > 0 } unknown)
        {
            foreach (var option in unknown)
                error.WriteLine($"Unrecognized option '{option}'.{Instead(option, parsed, root)}");
            error.WriteLine($"'{CommandPath(parsed.CommandResult)} --help' lists what there is.");
            return ExitCodes.UserError;
        }
        if (parsed.Action is ParseErrorAction parseError)
        {
            parseError.ShowTypoCorrections = false;
            // A group without its subcommand (`imt`, `imt data`) wants to know what there is.
            parseError.ShowHelp =
                arguments.Length == 0
                || (parsed.UnmatchedTokens.Count == 0 && parsed.CommandResult.Command.Subcommands.Count > 0);
            await parsed.InvokeAsync(configuration).ConfigureAwait(false);
            error.WriteLine($"'{CommandPath(parsed.CommandResult)} --help' lists what there is.");
            return ExitCodes.UserError;
        }

        // "$OUTPUT" of a script that never set it.
        if (EmptyOptions(parsed.CommandResult) is [var empty, ..])
        {
            error.WriteLine($"imt: The value of {empty} is empty.");
            return ExitCodes.UserError;
        }

        using var interruption = new Interruption();
        try
        {
            var code = await parsed.InvokeAsync(configuration, interruption.Token).ConfigureAwait(false);
            return interruption.ExitCode ?? code;
        }
        catch (OperationCanceledException) when (interruption.ExitCode is not null)
        {
            return interruption.ExitCode.Value;
        }
        catch (Exception exception)
        {
            return Report(exception, parsed.CommandResult, error);
        }
    }

    private static string[] EmptyOptions(CommandResult command) =>
        [
            .. command
                .Children.OfType<OptionResult>()
                // A title may be empty.
                .Where(result =>
                    result.Option.HelpName != "TEXT" && result.Tokens.Any(token => token.Value.Length == 0)
                )
                .Select(result => result.IdentifierToken?.Value ?? result.Option.Name),
        ];

    private static IEnumerable<string> Names(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.SelectMany(option => option.Aliases.Prepend(option.Name));

    // What may have been meant by an option that the command does not have.
    private static string Instead(string option, ParseResult parsed, RootCommand root)
    {
        string name = option.Split('=', ':')[0];
        string path = CommandPath(parsed.CommandResult);
        // `imt train --data pairs pix2pix`
        if (Names(parsed).Contains(name))
            return $" Options stand behind their command: '{path} {name}'.";
        return ReferenceOptions.Instead(name, path) is { } instead && ReferenceOptions.Suits(instead, Names(parsed))
            ? " " + instead
            : Suggestions.For(option, Names(parsed)) + Owners(option, parsed, root);
    }

    // An option of another command is one that the command that was typed does not need, or cannot obey.
    private static string Owners(string option, ParseResult parsed, RootCommand root)
    {
        string path = CommandPath(parsed.CommandResult),
            siblings = path[..(path.LastIndexOf(' ') + 1)];
        string[] owners =
        [
            .. OwnersBelow(root, "imt", option.Split('=', ':')[0])
                .OrderByDescending(owner => siblings != "imt " && owner.StartsWith(siblings, StringComparison.Ordinal)),
        ];
        return owners.Length switch
        {
            0 => "",
            <= 3 => $" It is an option of {string.Join(" and ", owners.Select(owner => $"'{owner}'"))}.",
            _ => $" It is an option of other commands, such as '{owners[0]}'.",
        };
    }

    private static IEnumerable<string> OwnersBelow(Command command, string path, string option) =>
        command
            .Subcommands.SelectMany(below => OwnersBelow(below, $"{path} {below.Name}", option))
            .Concat(command.Options.Any(own => own.Name == option || own.Aliases.Contains(option)) ? [path] : []);

    private static int Report(Exception exception, CommandResult command, TextWriter error)
    {
        while (
            exception is AggregateException { InnerExceptions.Count: 1 } or System.Reflection.TargetInvocationException
        )
            exception = exception.InnerException!;
        var debug = Environment.GetEnvironmentVariable(DebugVariable) is { Length: > 0 };
        if (UserErrors.MessageOf(exception) is { } message)
        {
            error.WriteLine("imt: " + OptionNames.Translate(message, command));
            if (debug)
                error.WriteLine(exception);
            return ExitCodes.UserError;
        }
        error.WriteLine($"imt: unexpected {exception.GetType().Name}: {exception.Message}");
        error.WriteLine(debug ? exception.ToString() : $"(set {DebugVariable}=1 to see where it came from)");
        return ExitCodes.Failure;
    }

    private static void AddExamplesToHelp(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
            if (option.Action is HelpAction help)
                option.Action = new HelpWithExamples(help);
    }

    private static string CommandPath(CommandResult result)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = result; at is not null; at = at.Parent)
            if (at is CommandResult { Command: { } command })
                names.Push(command is RootCommand ? "imt" : command.Name);
        return string.Join(' ', names);
    }
}
