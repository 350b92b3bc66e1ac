using System.Diagnostics;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.Transforms;

namespace MlNetImageTranslation.Benchmarks.Inference;

/// <summary>Many small images of many sizes through one engine: the process must not grow.</summary>
internal static class Soak
{
    public static void Run(string model, string folder, int count)
    {
        string input = Directory.CreateDirectory(Path.Combine(folder, "soak")).FullName,
            output = Path.Combine(folder, "soaked");
        for (int i = 0; i < 64; i++)
            ImageEncoder.Save(AerialMapSynthesizer.Create(i, 64 + i % 16 * 8).Aerial, Path.Combine(input, $"{i}.jpg"));
        using var engine = new TranslationEngine(
            model,
            new() { Device = TranslationDevice.Cpu, Scheduling = TranslationScheduling.Throughput }
        );
        int done = 0;
        for (int round = 0; done < count; round++)
        {
            done += new FolderTranslator(engine).Translate(input, output).Translated;
            if (round % Math.Max(1, count / 64 / 10) == 0)
                Console.WriteLine(
                    $"  {done, 6} images  {Process.GetCurrentProcess().WorkingSet64 >> 20, 5} MiB working set  {GC.GetTotalMemory(false) >> 20, 5} MiB managed"
                );
        }
    }
}
