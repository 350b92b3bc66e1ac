using System.Globalization;
using MlNetImageTranslation.Benchmarks;
using MlNetImageTranslation.Benchmarks.Training;
using MlNetImageTranslation.Benchmarks.Training.Peers;
using MlNetImageTranslation.Benchmarks.Training.TorchSharpPeer;
using MlNetImageTranslation.Trainer;
using MlNetImageTranslation.Transforms;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// The peer in TorchSharp is this program again, in a process of its own.
if (args is [TorchSharpProcess.Switch, TorchSharpProcess.Name, .. var peerArguments])
{
    PeerServer.Run(peerArguments);
    return 0;
}

if (CommandLine.AsksForHelp(args))
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}

Arguments arguments;
try
{
    arguments = new(args);
}
catch (FormatException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}\n{Arguments.Usage}");
    return 2;
}

// As `imt train` does.
OnnxRuntimeLibrary.DisableTelemetry();
TrainingProcess.Tune();
var configuration = arguments.Configuration;
var peers = new List<PeerProcess>();
try
{
    foreach (var name in arguments.Peers)
    {
        peers.Add(PeerFactory.Start(name, arguments));
    }

    Console.WriteLine(
        $"{configuration.Name}, {configuration.Size}x{configuration.Size}, batch 1, {arguments.Threads} threads, "
            + $"{arguments.Rounds} rounds of {arguments.Steps} steps"
    );
    Console.WriteLine($"  parameters of every side: {configuration.Parameters}");
    foreach (var peer in peers)
    {
        Console.WriteLine($"  {peer.Name}: {peer.Description}");
    }

    var contest = new Contest(
        configuration,
        peers,
        arguments.Rounds,
        arguments.Steps,
        arguments.Threads,
        arguments.Precision
    );
    contest.Run();
    Report.Write(contest);
    // At the end: the trainer itself must be the first to call libtorch, as it is in an application.
    Console.WriteLine($"  {Machine.Describe()}");
    return 0;
}
catch (Exception failure) when (failure is InvalidOperationException or IOException or DllNotFoundException)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
finally
{
    foreach (var peer in peers)
    {
        peer.Dispose();
    }
}
