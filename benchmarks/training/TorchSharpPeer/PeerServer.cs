using System.Diagnostics;
using System.Globalization;
using MlNetImageTranslation.Trainer;
using TorchSharp;

namespace MlNetImageTranslation.Benchmarks.Training.TorchSharpPeer;

/// <summary>The peer's side of the conversation that <see cref="Peers.PeerProcess"/> leads.</summary>
internal static class PeerServer
{
    public static void Run(string[] commandLine)
    {
        // TorchSharp does not load on older systems by itself; nothing else of our trainer is used here.
        TrainingProcess.LoadTorch();
        var arguments = PeerArguments.Parse(commandLine);
        torch.set_num_threads(arguments.Threads);
        torch.random.manual_seed(0);
        var device = torch.cuda.is_available() ? torch.CUDA : torch.CPU;
        torch.backends.cuda.matmul.allow_tf32 = true;
        torch.backends.cudnn.allow_tf32 = true;
        TrainingSteps training =
            arguments.Kind == Configuration.Pix2Pix
                ? new Pix2PixSteps(arguments, device)
                : new CycleGanSteps(arguments, device);
        Console.WriteLine(
            $"libtorch {torch.__version__}, {device.type}, {torch.get_num_threads()} threads, "
                + $"BLAS {LoadedBlas.Describe()}"
        );
        Console.WriteLine($"{training.Parameters.Generator} {training.Parameters.Discriminator}");
        while (Console.ReadLine() is { } line)
        {
            Measure(training, int.Parse(line, CultureInfo.InvariantCulture), device);
        }
    }

    private static void Measure(TrainingSteps training, int steps, torch.Device device)
    {
        Synchronize(device);
        long begin = Stopwatch.GetTimestamp();
        var worked = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < steps; i++)
        {
            training.MakeStep();
        }

        Synchronize(device);
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        double processorSeconds = (Environment.CpuUsage.TotalTime - worked).TotalSeconds;
        Console.WriteLine($"{seconds} {processorSeconds} {ProcessMemory.PeakMegabytes}");
    }

    private static void Synchronize(torch.Device device)
    {
        if (device.type == DeviceType.CUDA)
        {
            torch.cuda.synchronize();
        }
    }
}
