using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using TorchSharp;

namespace MlNetImageTranslation.Benchmarks.Training;

/// <summary>What the figures depend on.</summary>
internal static partial class Machine
{
    private const string ProcessorInformation = "/proc/cpuinfo";

    public static string Describe() =>
        $"{Processor()}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, "
        + $"{RuntimeInformation.FrameworkDescription}, libtorch {torch.__version__}, BLAS {LoadedBlas.Describe()}";

    private static string Processor()
    {
        if (
            File.Exists(ProcessorInformation)
            && ProcessorName().Match(File.ReadAllText(ProcessorInformation)) is { Success: true } match
        )
        {
            return match.Groups[1].Value;
        }

        return RuntimeInformation.ProcessArchitecture.ToString();
    }

    [GeneratedRegex(@"model name\s*:\s*(.+)")]
    private static partial Regex ProcessorName();
}
