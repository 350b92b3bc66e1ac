using System.CommandLine;
using MlNetImageTranslation.TestSupport;

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

    [Theory]
    [InlineData("imt: The value of --output is empty.", "data", "show", "--data", "x", "--output", "")]
    [InlineData("imt: The value of -o is empty.", "train", "cut", "--data", "x", "-o", "")]
    [InlineData("imt: The value of --model is empty.", "translate", "--model", "", "--input", "x", "--output", "y")]
    [InlineData(
        "imt: --train: expected 1 or more, but got -1.",
        "data",
        "synthesize",
        "-o",
        "nowhere",
        "--train",
        "-1"
    )]
    [InlineData("imt: --size: expected 32 to 1024, but got 7.", "data", "synthesize", "-o", "nowhere", "--size", "7")]
    public async Task Values_that_no_option_takes_are_named(string expected, params string[] arguments)
    {
        var (exitCode, output, error) = await Imt.RunAsync(arguments);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Equal(expected, error.Trim());
        Assert.False(Directory.Exists("nowhere"));
    }

    [Fact]
    public async Task A_folder_in_the_place_of_a_file_is_named_and_a_file_in_that_of_a_folder()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "");
        Directory.CreateDirectory(folder.File("folder.svg"));
        var (exitCode, _, error) = await Imt.RunAsync("summary", "unet-64", "--svg", folder.File("folder.svg"));
        Assert.Equal(2, exitCode);
        Assert.Contains($"'{folder.File("folder.svg")}' is a folder; expected the name of a file to write", error);
        (exitCode, _, error) = await Imt.RunAsync("summary", "unet-64", "--svg", folder.File("file/net.svg"));
        Assert.Equal(2, exitCode);
        Assert.Contains($"'{folder.File("file")}' is a file, not a folder", error);
        // A name without a folder before it is one of the working directory.
        foreach (var (config, reason) in new[] { ("no-such.json", "no-such.json"), ("..", "is a folder") })
        {
            (exitCode, _, error) = await Imt.RunAsync(
                "train",
                "pix2pix",
                "--data",
                folder.Path,
                "--output",
                folder.File("run"),
                "--config",
                config
            );
            Assert.Equal(2, exitCode);
            Assert.Contains(reason, error);
        }
        (exitCode, _, error) = await Imt.RunAsync("data", "synthesize", "--output", folder.File("file"));
        Assert.Equal(2, exitCode);
        Assert.Contains($"--output '{folder.File("file")}' is a file; expected a folder", error);
    }

    [Theory]
    [InlineData("train", "pix2pix", "--data", "data", "--generator", "unet-32", "--output", "file/x")]
    [InlineData("data", "split", "--data", "data/train", "--a", "new", "--b", "file/x")]
    [InlineData("data", "split", "--data", "data/train", "--a", "new", "--b", "file")]
    [InlineData("data", "gray", "--data", "data/train", "--output", "file/x")]
    [InlineData("data", "split-train-val", "--data", "data/train", "--output", "file/x")]
    [InlineData("data", "synthesize", "--output", "file/x")]
    [InlineData("data", "synthesize", "--output", "half")]
    public async Task A_file_in_the_way_of_a_folder_is_named_and_nothing_is_begun(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "");
        // The folder for training images could be made, the other not.
        Directory.CreateDirectory(folder.File("half"));
        File.WriteAllText(folder.File("half/val"), "");
        Assert.Equal(0, (await Imt.RunAsync("data", "synthesize", "-o", folder.File("data"), "--train", "2")).ExitCode);
        string[] before = [.. Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).Order()];
        var (exitCode, output, error) = await Imt.RunAsync([
            .. arguments.Select(argument =>
                argument.Split('/')[0] is "data" or "file" or "new" or "half" && argument != arguments[0]
                    ? folder.File(argument)
                    : argument
            ),
        ]);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains($"'{folder.File(arguments.Contains("half") ? "half/val" : "file")}' is a file", error);
        Assert.Single(error.Trim().Split('\n'));
        string[] after = [.. Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).Order()];
        Assert.Equal(before, after);
    }

    [Fact]
    public async Task Help_is_a_command_too()
    {
        var asked = await Imt.RunAsync("help", "train", "pix2pix");
        Assert.Equal(await Imt.RunAsync("train", "pix2pix", "--help"), asked);
        Assert.Equal(0, asked.ExitCode);
        Assert.Equal(await Imt.RunAsync("--help"), await Imt.RunAsync("help"));
        var nonsense = await Imt.RunAsync("help", "nonsense");
        Assert.Equal(2, nonsense.ExitCode);
        Assert.Contains("There is no command 'nonsense'.", nonsense.Error);
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
