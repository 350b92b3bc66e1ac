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
        var defaults = new RealOrFakeStudy();
        var real = new Option<string>("--real")
        {
            Description = "Real images.",
            HelpName = "FOLDER",
            Required = true,
        };
        var fake = new Option<string>("--fake")
        {
            Description = "Translated images.",
            HelpName = "FOLDER",
            Required = true,
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "HTML page to write. It contains the images.",
            HelpName = "FILE",
            Required = true,
        };
        var trials = new Option<int>("--trials")
        {
            Description = "Number of trials that count.",
            DefaultValueFactory = _ => defaults.Trials,
        };
        var practice = new Option<int>("--practice")
        {
            Description = "Number of practice trials before, with the answer shown.",
            DefaultValueFactory = _ => defaults.PracticeTrials,
        };
        var seconds = new Option<double>("--seconds")
        {
            Description = "Seconds for which an image is shown.",
            DefaultValueFactory = _ => defaults.Seconds,
        };
        var seed = new Option<int>("--seed") { Description = "Seed of the choice of images and sides." };
        var title = new Option<string>("--title")
        {
            Description = "Heading of the page.",
            HelpName = "TEXT",
            DefaultValueFactory = _ => defaults.Title,
        };
        var command = new ImtCommand(
            "study",
            "Make a web page for the real-or-fake test of the papers.",
            "imt study --real pairs/val/B --fake translated --output study.html"
        )
        {
            Notes =
                "Open the page in a browser. At the end it shows how often a translated image was taken for a real one, "
                + "with a 95% confidence interval, and saves the answers as JSON.",
        }.With((ReadOnlySpan<Option>)[real, fake, output, trials, practice, seconds, seed, title]);
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(output);
            var study = new RealOrFakeStudy
            {
                Trials = parsed.GetValue(trials),
                PracticeTrials = parsed.GetValue(practice),
                Seconds = parsed.GetValue(seconds),
                Seed = parsed.GetValue(seed),
                Title = parsed.GetValue(title)!,
            };
            int images = study.Save(
                path,
                ImageDecoder.ListFiles(parsed.GetRequiredValue(real)),
                ImageDecoder.ListFiles(parsed.GetRequiredValue(fake))
            );
            parsed.InvocationConfiguration.Output.WriteLine($"{images} images are in {path}");
            return ExitCodes.Success;
        });
        return command;
    }
}
