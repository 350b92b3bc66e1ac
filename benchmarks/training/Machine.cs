using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using TorchSharp;

namespace MlNetImageTranslation.Benchmarks.Training;

/// <summary>What the figures depend on.</summary>
internal static partial class Machine
{
    public static string Describe()
    {
        var packages =
            typeof(Machine)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .FirstOrDefault(data => data.Key == "Packages")
                ?.Value
            ?? "?";
        return $"{Processor()}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, packages {packages}, "
            + $"libtorch {torch.__version__}, BLAS {Blas()}";
    }

    private static string Processor() =>
        File.Exists("/proc/cpuinfo")
        && ProcessorName().Match(File.ReadAllText("/proc/cpuinfo")) is { Success: true } match
            ? match.Groups[1].Value
            : RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>The BLAS libraries that are loaded once libtorch has multiplied something.</summary>
    private static string Blas()
    {
        using var scope = torch.NewDisposeScope();
        torch.ones(64, 64).matmul(torch.ones(64, 64));
        if (!File.Exists("/proc/self/maps"))
            return "unknown";
        var files = File.ReadLines("/proc/self/maps")
            .Select(line => line[(line.LastIndexOf(' ') + 1)..])
            .Where(path => BlasFile().IsMatch(path))
            .Distinct();
        return string.Join(", ", files);
    }

    [GeneratedRegex(@"model name\s*:\s*(.+)")]
    private static partial Regex ProcessorName();

    [GeneratedRegex(@"(blas|mkl|blis)[^/]*\.so[^/]*$")]
    private static partial Regex BlasFile();
}
