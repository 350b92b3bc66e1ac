using System.CommandLine;

namespace MlNetImageTranslation.Cli;

/// <summary>The tree of commands. A new command is one file that ends in Command.cs and one line here.</summary>
internal static class RootCommandFactory
{
    /// <summary>Builds the tree.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand(
            "Image-to-image translation for .NET: train pix2pix, CycleGAN, CUT and others, export ONNX, translate images."
        )
        {
            DataCommand.Create(),
            DoctorCommand.Create(),
            EvaluateCommand.Create(),
            ExportCommand.Create(),
            OnnxCommand.Create(),
            ImportCommand.Create(),
            StudyCommand.Create(),
            SummaryCommand.Create(),
            TrainCommand.Create(),
            TranslateCommand.Create(),
        };
        Numbers.ReadStrictly(root);
        HelpNames.Set(root);
        return root;
    }
}
