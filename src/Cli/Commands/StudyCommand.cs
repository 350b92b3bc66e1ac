using System.CommandLine;
using MlNetImageTranslation.Evaluation;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt study</c>: a page that asks people which image is the fake.</summary>
internal static class StudyCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var defaults = new RealOrFakeStudyOptions();
        var real = new Option<string>("--real") { Description = "Folder of real images.", Required = true };
        var fake = new Option<string>("--fake") { Description = "Folder of translated images.", Required = true };
        var output = new Option<string>("--output", "-o")
        {
            Description = "The page: one HTML file with everything in it.",
            Required = true,
        };
        var trials = new Option<int>("--trials")
        {
            Description = "Trials that count.",
            DefaultValueFactory = _ => defaults.Trials,
        };
        var practice = new Option<int>("--practice")
        {
            Description = "Trials before, with the answer shown.",
            DefaultValueFactory = _ => defaults.PracticeTrials,
        };
        var seconds = new Option<double>("--seconds")
        {
            Description = "How long images are shown.",
            DefaultValueFactory = _ => defaults.Seconds,
        };
        var seed = new Option<int>("--seed") { Description = "Chooses images and sides." };
        var title = new Option<string>("--title")
        {
            Description = "Heading of the page.",
            DefaultValueFactory = _ => defaults.Title,
        };
        var command = new ImtCommand(
            "study",
            "Make a page for the papers' real-or-fake test.",
            "imt study --real pairs/val/B --fake translated --output study.html"
        )
        {
            Notes =
                "Open the page in a browser. At its end it shows how often a translated image was taken for real, "
                + "with a 95 % interval, and saves the answers as JSON.",
        }.With((ReadOnlySpan<Option>)[real, fake, output, trials, practice, seconds, seed, title]);
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(output);
            int images = RealOrFakeStudy.Save(
                path,
                ImageFolder.List(parsed.GetRequiredValue(real), recursive: true),
                ImageFolder.List(parsed.GetRequiredValue(fake), recursive: true),
                new()
                {
                    Trials = parsed.GetValue(trials),
                    PracticeTrials = parsed.GetValue(practice),
                    Seconds = parsed.GetValue(seconds),
                    Seed = parsed.GetValue(seed),
                    Title = parsed.GetValue(title)!,
                }
            );
            parsed.InvocationConfiguration.Output.WriteLine($"{images} images are in {path}");
            return ExitCodes.Success;
        });
        return command;
    }
}
