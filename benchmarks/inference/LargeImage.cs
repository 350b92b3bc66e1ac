using System.Diagnostics;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Benchmarks.Inference;

/// <summary>One large image: how much memory the process needs at most, the image and its result included.</summary>
internal static class LargeImage
{
    private const int Width = 6000,
        Height = 4000;

    public static void Run(string model)
    {
        var image = AerialMapSynthesizer.Create(1, 1024).Aerial.Resize(Width, Height);
        using var engine = new TranslationEngine(model, new() { Device = TranslationDevice.Cpu });
        long before = Process.GetCurrentProcess().PeakWorkingSet64;
        long start = Stopwatch.GetTimestamp();
        var result = engine.Translate(image);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(
            $"  {Path.GetFileNameWithoutExtension(model)}, {Width}x{Height} to {result.Width}x{result.Height}: peak memory "
                + $"{Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB, {before >> 20} MiB before, {seconds:0} s"
        );
    }
}
