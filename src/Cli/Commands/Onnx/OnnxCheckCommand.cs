using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MlNetImageTranslation.Export;
using MlNetImageTranslation.Transforms;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt onnx check</c>: what a file is, and what TranslateImage will do with it.</summary>
internal static class OnnxCheckCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "ONNX model." };
        var foreign = new ForeignModelOptions();
        var command = new ImtCommand(
            "check",
            "Show what a model reads and writes, and how it would be run.",
            "imt onnx check model.onnx",
            "imt onnx check style.onnx --pixel-range 0..255"
        )
        {
            Notes =
                "Exit code 0: the model can be run with these options. 1: it cannot; the last line says why. 2: an "
                + "option is missing or does not fit; the last line names it.",
        }
            .With(file)
            .With(foreign.All);
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var (path, options) = (
                ModelFinder.Find(parsed.GetRequiredValue(file)),
                foreign.Over(new() { Device = TranslationDevice.Cpu }, parsed)
            );
            var info = OnnxModelInfo.Read(path);
            Describe(info, output);
            return Try(path, options, parsed.CommandResult, output);
        });
        return command;
    }

    private static void Describe(OnnxModelInfo info, TextWriter output)
    {
        void Line(string name, object? value) => output.WriteLine($"{name, -12} {value}");
        Line("producer", info.Producer.Length > 0 ? info.Producer : "not said");
        Line(
            "format",
            string.Create(
                CultureInfo.InvariantCulture,
                $"IR {info.IrVersion}, "
                    + $"{string.Join(", ", info.Opsets.Select(set => $"{(set.Key.Length == 0 ? "opset" : set.Key)} {set.Value}"))}, {info.FileLength:N0} bytes"
            )
        );
        foreach (var input in info.Inputs)
            Line("input", input);
        foreach (var result in info.Outputs)
            Line("output", result);
        Line("operators", string.Join(", ", info.Operators.Select(use => $"{use.Key} x {use.Value}")));
        // Converters import more sets of operators than their models use.
        var foreign = info.ForeignOperators.Select(name => name[..name.LastIndexOf(':')]).Distinct().ToList();
        if (foreign.Count > 0)
            Line("domains", string.Join(", ", foreign) + " (not ONNX's own operators)");
        if (info.Functions.Count > 0)
            Line("functions", string.Join(", ", info.Functions));
        if (info.ExternalTensor is { } tensor)
            Line("external", $"values lie in other files, those of '{tensor}' first");
        foreach (var (key, value) in info.Metadata.Where(entry => entry.Key != ModelCard.MetadataKey))
            Line("metadata", $"{key} = {(value.Length > 120 ? value[..120] + "..." : value)}");
        if (info.Card is { } card)
            foreach (var line in CardText.Lines(card))
                Line("card", line);
        else
            Line("card", "none: not made by this program");
    }

    private static int Try(string path, TranslationEngineOptions options, CommandResult command, TextWriter output)
    {
        output.WriteLine();
        try
        {
            using var engine = EngineArguments.Load(path, options);
            output.WriteLine("TranslateImage runs it:");
            output.WriteLine("  " + Sizes(engine));
            if (engine.ReadsInstances)
                output.WriteLine("  each beside an instance image of the same size (--instances)");
            if (engine.Scale != 1)
                output.WriteLine($"  results are {engine.Scale} times as large as images");
            if (engine.Reduction != 1)
                output.WriteLine($"  results are {engine.Reduction} times as small as images, rounded up");
            foreach (var line in OutputRangeText.Lines(engine))
                output.WriteLine("  " + line);
            if (engine.Card is { HasGlobalStatistics: true })
                output.WriteLine(
                    "  every pixel depends on the whole image: tiles of a large image differ from the whole in "
                        + "tone, unless --statistics-passes 1 measures it first"
                );
            if (engine.Card is { DropoutAtInference: true })
                output.WriteLine("  dropout is on: every run gives another result");
            return ExitCodes.Success;
        }
        catch (Exception exception) when (UserErrors.MessageOf(exception) is not null)
        {
            string reason = OptionNames.Translate(UserErrors.MessageOf(exception)!, command);
            output.WriteLine($"TranslateImage does not run it: {reason}");
            // What the caller can say, the caller has to say.
            return exception.InnerException is ArgumentException ? ExitCodes.UserError : ExitCodes.Failure;
        }
    }

    private static string Sizes(TranslationEngine engine)
    {
        if (engine.Options.Mode is TranslationMode.ResizeToTraining or TranslationMode.ResizeToTrainingAndBack)
            return $"images of any size are resized to {engine.TrainingSize}";
        string? only =
            engine.FixedSize is { } size ? $"{size}, the only size that it reads"
            : engine.FixedHeight is { } height ? $"a height of {height}, the only one that it reads"
            : engine.FixedWidth is { } width ? $"a width of {width}, the only one that it reads"
            : null;
        if (only is not null)
            return engine.Scale > 1
                ? $"images of any size are cut into overlapping tiles of {only}"
                : $"images of any size are resized to {only}, and the result back";
        return engine.SizeMultiple == 1
            ? "images of any size go in as they are"
            : $"images of any size are padded by reflection to multiples of {engine.SizeMultiple} and cropped back";
    }
}
