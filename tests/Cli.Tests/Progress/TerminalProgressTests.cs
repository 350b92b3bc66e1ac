using MlNetImageTranslation.Trainer;
using Spectre.Console;

namespace MlNetImageTranslation.Cli.Tests;

public sealed class TerminalProgressTests
{
    [Fact]
    public void Training_shows_a_bar_with_losses_speed_and_time_left_and_other_lines_above_it()
    {
        string shown = Show(terminal =>
        {
            var console = new TrainingConsole(TextWriter.Null, terminal);
            console.Report(Training(TrainingEvent.Warning) with { Message = "[look] out" });
            console.Report(
                Training(TrainingEvent.Step) with
                {
                    Losses = new Dictionary<string, float> { ["g_l1"] = 12.5f },
                    ImagesPerSecond = 3.25,
                    Remaining = TimeSpan.FromMinutes(72.5),
                }
            );
        });
        Assert.Contains("warning: [look] out", shown);
        Assert.Contains("epoch 2/8", shown);
        Assert.Contains("25%", shown);
        Assert.Contains("3.3 images/s", shown);
        Assert.Contains("1 h 12 min left", shown);
        Assert.Contains("step 25/100  g_l1 12.500", shown);
    }

    [Fact]
    public void Folders_show_a_bar_with_speed_and_bad_images_above_it()
    {
        string shown = Show(terminal =>
            new FolderProgress(TextWriter.Null, TimeSpan.Zero, terminal).Report(
                new(40, 9, 1, 200, TimeSpan.FromSeconds(10)) { Failure = "Image '[a].png' cannot be read" }
            )
        );
        Assert.Contains("Image '[a].png' cannot be read", shown);
        Assert.Contains("50/200 images", shown);
        Assert.Contains("25%", shown);
        Assert.Contains("4.1 images/s", shown);
        Assert.Contains("40 translated, 9 were there already, 1 bad", shown);
    }

    [Fact]
    public void Evaluations_show_a_bar_with_the_images_that_are_scored()
    {
        string shown = Show(terminal =>
        {
            var progress = new EvaluationProgress(terminal, 4);
            progress.Next();
            progress.Next();
            progress.Next();
        });
        Assert.Contains("3/4 images", shown);
        Assert.Contains("75%", shown);
        Assert.Contains("images/s", shown);
    }

    [Fact]
    public void What_is_no_terminal_gets_lines()
    {
        using var writer = new StringWriter();
        Assert.True(TerminalProgress.Run(writer, "title", terminal => terminal is null));
        Assert.Equal("", writer.ToString());
    }

    [Theory]
    [InlineData(9, "9 s left")]
    [InlineData(245, "4 min 5 s left")]
    [InlineData(4320, "1 h 12 min left")]
    [InlineData(183600, "2 d 3 h left")]
    public void Times_are_as_exact_as_one_wants_to_know(int seconds, string expected) =>
        Assert.Equal(expected, Durations.Left(TimeSpan.FromSeconds(seconds)));

    private static TrainingProgress Training(TrainingEvent kind) =>
        new()
        {
            Event = kind,
            Step = 25,
            TotalSteps = 100,
            Epoch = 2,
            TotalEpochs = 8,
        };

    private static string Show(Action<TerminalProgress> work)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(
            new()
            {
                Ansi = AnsiSupport.Yes,
                Interactive = InteractionSupport.Yes,
                ColorSystem = ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(writer),
            }
        );
        console.Profile.Width = 120;
        TerminalProgress.Run(
            console,
            "preparing",
            terminal =>
            {
                work(terminal);
                return true;
            }
        );
        return writer.ToString();
    }
}
