using System.CommandLine;
using MlNetImageTranslation.Cli.Commands.Data;
using MlNetImageTranslation.Cli.Commands.Onnx;
using MlNetImageTranslation.Cli.Commands.Translate;
using MlNetImageTranslation.Cli.Infrastructure;
using MlNetImageTranslation.Cli.Train;

namespace MlNetImageTranslation.Cli.Commands;

/// <summary>The tree of commands. A new command is one file that ends in Command.cs and one line here.</summary>
internal static class RootCommandFactory
{
    /// <summary>Builds the tree.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Image-to-image translation for .NET: train pix2pix and CycleGAN, export ONNX, translate pictures.")
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
        return root;
    }
}
