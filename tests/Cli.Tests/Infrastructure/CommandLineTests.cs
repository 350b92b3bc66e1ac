using System.CommandLine;

namespace MlNetImageTranslation.Cli.Tests;

public sealed class CommandLineTests
{
    public static TheoryData<string> AllCommands => [.. Paths(RootCommandFactory.Create(), "")];

    [Theory]
    [MemberData(nameof(AllCommands))]
    public async Task Every_command_has_help_with_a_description(string path)
    {
        var (exitCode, output, error) = await Imt.RunAsync([
            .. path.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            "--help",
        ]);
        Assert.Equal(0, exitCode);
        Assert.Empty(error);
        Assert.Contains("Usage:", output, StringComparison.Ordinal);
        var command = Find(path);
        Assert.False(string.IsNullOrWhiteSpace(command.Description));
        // What is typed most must be explained: every option and argument says what it is.
        foreach (var option in command.Options)
            Assert.False(string.IsNullOrWhiteSpace(option.Description), $"imt {path} {option.Name}");
        foreach (var argument in command.Arguments)
            Assert.False(string.IsNullOrWhiteSpace(argument.Description), $"imt {path} {argument.Name}");
        if (command.Subcommands.Count == 0)
            Assert.Contains("Examples:", output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AllCommands))]
    public async Task Unknown_options_are_errors_of_every_command(string path)
    {
        var (exitCode, _, error) = await Imt.RunAsync([
            .. path.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            "--no-such-option",
        ]);
        Assert.Equal(2, exitCode);
        Assert.Contains("--no-such-option", error, StringComparison.Ordinal);
        Assert.Contains($"'{$"imt {path}".Trim()} --help'", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--strength", "1,5", "a number", "data", "sketch", "--data", "photos", "--output", "drawings")]
    [InlineData("--trials", "1,000", "a whole number", "study", "--real", "a", "--fake", "b", "--output", "page.html")]
    [InlineData("--batch", "many", "a whole number", "translate", "--model", "m", "--input", "a", "--output", "b")]
    public async Task Numbers_are_read_as_they_are_written(
        string option,
        string value,
        string expected,
        params string[] command
    )
    {
        var (exitCode, _, error) = await Imt.RunAsync([.. command, option, value]);
        Assert.Equal(2, exitCode);
        Assert.Matches($"--[a-z-]+: expected {expected}, but got '{value}'", error);
    }

    [Theory]
    [MemberData(nameof(AllCommands))]
    public void Examples_parse(string path)
    {
        if (Find(path) is not ImtCommand command)
            return;
        var root = RootCommandFactory.Create();
        foreach (var example in command.Examples)
        {
            // Shell syntax ends the part that is ours.
            var line = example.Split(" | ")[0].Split(" > ")[0].Split(" < ")[0];
            Assert.StartsWith("imt ", line, StringComparison.Ordinal);
            Assert.Empty(root.Parse(line["imt ".Length..]).Errors.Select(error => $"{example}: {error.Message}"));
        }
    }

    [Theory]
    [InlineData("summary", "--")]
    [InlineData("summary", "-5")]
    public async Task What_only_looks_like_an_option_is_an_argument(params string[] arguments)
    {
        var (exitCode, _, error) = await Imt.RunAsync([
            .. arguments,
            .. arguments[^1] == "--" ? new[] { "--strange-name" } : [],
        ]);
        Assert.Equal(2, exitCode);
        Assert.DoesNotContain("Unrecognized option", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no command 'trian'. Did you mean 'train'?", "trian")]
    [InlineData("There is no command 'pix2pics'. Did you mean 'pix2pix'?", "train", "pix2pics", "--data", "x")]
    [InlineData("There is no command 'xyz'.\n", "data", "xyz")]
    [InlineData("Unrecognized option '--epoch'. Did you mean '--epochs'?", "train", "pix2pix", "--epoch", "3")]
    [InlineData("Unrecognized option '--modle'. Did you mean '--mode' or '--model'?", "translate", "--modle", "x")]
    public async Task Misspelled_names_are_answered_with_one_message(string message, params string[] arguments)
    {
        var (code, output, error) = await Imt.RunAsync(arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(message, error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(2, error.Trim().Split('\n').Length);
    }

    [Fact]
    public async Task Help_is_a_command_too()
    {
        var asked = await Imt.RunAsync("help", "train", "pix2pix");
        Assert.Equal(await Imt.RunAsync("train", "pix2pix", "--help"), asked);
        Assert.Equal(0, asked.ExitCode);
        Assert.Equal(await Imt.RunAsync("--help"), await Imt.RunAsync("help"));
    }

    [Fact]
    public async Task A_misspelled_command_is_an_error_with_a_suggestion()
    {
        var (exitCode, output, error) = await Imt.RunAsync("doctro");
        Assert.Equal(2, exitCode);
        Assert.Contains("doctor", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_command_shows_what_there_is()
    {
        var (exitCode, output, _) = await Imt.RunAsync();
        Assert.Equal(2, exitCode);
        Assert.Contains("doctor", output, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Paths(Command command, string path)
    {
        yield return path;
        foreach (var child in command.Subcommands)
        foreach (var below in Paths(child, $"{path} {child.Name}".Trim()))
            yield return below;
    }

    private static Command Find(string path)
    {
        Command command = RootCommandFactory.Create();
        foreach (var name in path.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            command = command.Subcommands.Single(child => child.Name == name);
        return command;
    }
}
