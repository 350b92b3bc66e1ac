using System.Diagnostics;

namespace MlNetImageTranslation.Benchmarks.Training.Peers;

/// <summary>The peer in TorchSharp: this program again, started with a switch that its help does not mention.</summary>
internal static class TorchSharpProcess
{
    public const string Switch = "--peer";
    public const string Name = "torchsharp";

    public static PeerProcess Start(Configuration configuration, int threads)
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("This program has no path.");
        var start = new ProcessStartInfo(program);
        // Started as "dotnet Training.dll".
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(typeof(TorchSharpProcess).Assembly.Location);
        }

        start.ArgumentList.Add(Switch);
        start.ArgumentList.Add(Name);
        foreach (var argument in PeerFactory.Describe(configuration, threads))
        {
            start.ArgumentList.Add(argument);
        }

        return new("TorchSharp", start);
    }
}
