using System.CommandLine;
using System.Globalization;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Cli;

/// <summary><c>imt data cache</c>: decode and resize once.</summary>
internal static class CacheCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var data = new Option<string>("--data", "-d")
        {
            Description = "Folder of images (such as dataset/train).",
            Required = true,
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = $"The file, usually *{ImageStore.Extension}.",
            Required = true,
        };
        var size = new Option<int?>("--size")
        {
            Description = "Side to which images (each half of a pair) are resized; otherwise sizes stay.",
        };
        var single = new Option<bool>("--single")
        {
            Description = "The files are single images, not side-by-side pairs.",
        };
        var filter = new Option<ResizeFilter>("--filter")
        {
            Description = "bicubic, bilinear, box, lanczos or nearest.",
            DefaultValueFactory = _ => ResizeFilter.Bicubic,
        };
        var command = new ImtCommand(
            "cache",
            "Decode and resize the images of a folder into one file that training maps into memory.",
            "imt data cache --data dataset/train --output dataset/train.imtcache --size 286",
            "imt data cache --data trainA --single --output trainA.imtcache --size 286"
        )
        {
            Notes =
                "Resize to the load size of the training (286 for crops of 256), and point --data of the training "
                + "at the file.",
        }.With((ReadOnlySpan<Option>)[data, output, size, single, filter]);
        command.SetAction(
            (parsed, cancellation) =>
            {
                var path = parsed.GetRequiredValue(output);
                (int, int)? sides = parsed.GetValue(size) is { } side ? (side, side) : null;
                var count = ImageStore.Create(
                    parsed.GetRequiredValue(data),
                    path,
                    sides,
                    !parsed.GetValue(single),
                    parsed.GetValue(filter),
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
