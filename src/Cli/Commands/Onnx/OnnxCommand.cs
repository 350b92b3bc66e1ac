using System.CommandLine;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt onnx</c>: what ONNX files are and how they differ.</summary>
internal static class OnnxCommand
{
    /// <summary>Builds the command with its subcommands.</summary>
    public static Command Create() =>
        new ImtCommand(
            "onnx",
            "Inspect and compare ONNX models.",
            "imt onnx check model.onnx",
            "imt onnx compare a.onnx b.onnx --data images"
        ).With((ReadOnlySpan<Command>)[OnnxCheckCommand.Create(), CompareCommand.Create()]);
}
