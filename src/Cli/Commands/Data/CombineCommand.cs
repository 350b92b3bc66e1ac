using System.CommandLine;
using MlNetImageTranslation.Cli.Infrastructure;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Cli.Commands.Data;

/// <summary><c>imt data combine</c>: two folders into side-by-side pairs.</summary>
internal static class CombineCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var a = new Option<string>("--a") { Description = "Folder of the left pictures.", Required = true };
        var b = new Option<string>("--b") { Description = "Folder of the right pictures, of the same names (extensions may differ).", Required = true };
        var output = new Option<string>("--output", "-o") { Description = "Folder of the pairs; made where it is missing.", Required = true };
        var resize = new Option<bool>("--resize") { Description = "Resize a right picture to its partner's size; otherwise another size is an error." };
        var command = new ImtCommand("combine", "Join the pictures of two folders into side-by-side pairs (PNG).",
            "imt data combine --a photos --b drawings --output pairs/train").With((ReadOnlySpan<Option>)[a, b, output, resize]);
        command.SetAction((parsed, cancellation) =>
        {
            var count = PairFolders.Combine(parsed.GetRequiredValue(a), parsed.GetRequiredValue(b), parsed.GetRequiredValue(output), parsed.GetValue(resize), cancellation);
            parsed.InvocationConfiguration.Output.WriteLine($"{count} pairs are in {parsed.GetRequiredValue(output)}");
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
