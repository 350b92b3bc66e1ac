using System.Globalization;

namespace MlNetImageTranslation.Benchmarks.Training.Peers;

/// <summary>Starts peers by name.</summary>
internal static class PeerFactory
{
    /// <exception cref="InvalidOperationException">
    /// There is no such peer, it does not start, or it trains other networks than we do.
    /// </exception>
    public static PeerProcess Start(string name, Arguments arguments)
    {
        var configuration = arguments.Configuration;
        int threads = arguments.Threads;
        var peer = name switch
        {
            PyTorchProcess.Name => PyTorchProcess.Start(arguments, compiled: false),
            PyTorchProcess.CompiledName => PyTorchProcess.Start(arguments, compiled: true),
            TorchSharpProcess.Name => TorchSharpProcess.Start(configuration, threads),
            _ => throw new InvalidOperationException(
                $"There is no peer {name}; there are {PyTorchProcess.Name}, {PyTorchProcess.CompiledName} and "
                    + $"{TorchSharpProcess.Name}."
            ),
        };
        if (peer.Parameters == configuration.Parameters)
        {
            return peer;
        }

        peer.Dispose();
        throw new InvalidOperationException(
            $"{peer.Name} trains other networks than we do: {peer.Parameters} instead of {configuration.Parameters}."
        );
    }

    /// <summary>What both peers are told: kind, depth, filters of generator and discriminator, size, threads.</summary>
    public static IEnumerable<string> Describe(Configuration configuration, int threads)
    {
        yield return configuration.Kind;
        int[] numbers =
        [
            configuration.Depth,
            configuration.Filters,
            configuration.Filters,
            configuration.Size,
            threads,
        ];
        foreach (int number in numbers)
        {
            yield return number.ToString(CultureInfo.InvariantCulture);
        }
    }
}
