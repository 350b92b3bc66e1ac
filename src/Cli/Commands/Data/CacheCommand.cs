using System.CommandLine;
using System.Globalization;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt data cache</c>: decode and resize once.</summary>
internal static class CacheCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var data = new Option<string>("--data", "-d")
        {
            Description = "Images, such as dataset/train.",
            HelpName = "FOLDER",
            Required = true,
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = $"File to write, usually {DatasetTools.StoreExtension}.",
            HelpName = "FILE",
            Required = true,
        };
        var size = new WordOption<ImageSize?>("--size")
        {
            Description = "Resize each image, or each half of a pair, to 512x256 or 286 (default: keep the size).",
        };
        var single = new Option<bool>("--single") { Description = "The files are single images, not pairs." };
        var filter = new WordOption<ResizeFilter?>("--filter")
        {
            Description = "Filter to resize with (default: bicubic).",
        };
        var command = new ImtCommand(
            "cache",
            "Decode and resize the images of a folder once, into a file that training reads.",
            "imt data cache --data dataset/train --output dataset/train.imtcache --size 286",
            "imt data cache --data trainA --single --output trainA.imtcache --size 286"
        )
        {
            Notes = "Resize to the training's load size (286 for crops of 256), then train with --data FILE.",
        }.With((ReadOnlySpan<Option>)[data, output, size, single, filter]);
        command.SetAction(
            (parsed, cancellation) =>
            {
                var path = parsed.GetRequiredValue(output);
                (int, int)? fixedSize = parsed.GetValue(size) is { } sides ? (sides.Width, sides.Height) : null;
                var count = DatasetTools.WriteStore(
                    parsed.GetRequiredValue(data),
                    path,
                    fixedSize,
                    !parsed.GetValue(single),
                    parsed.GetValue(filter) ?? ResizeFilter.Bicubic,
                    cancellation
                );
                var megabytes = (new FileInfo(path).Length / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
                parsed.InvocationConfiguration.Output.WriteLine($"{count} images, {megabytes} MB, are in {path}");
                return Task.FromResult(ExitCodes.Success);
            }
        );
        return command;
    }
}
