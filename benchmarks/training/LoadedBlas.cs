using System.Text.RegularExpressions;
using TorchSharp;

namespace MlNetImageTranslation.Benchmarks.Training;

/// <summary>The BLAS that libtorch multiplies with in this process.</summary>
internal static partial class LoadedBlas
{
    private const string Maps = "/proc/self/maps";

    /// <summary>The files of BLAS libraries that are mapped once libtorch has multiplied something.</summary>
    public static string Describe()
    {
        using var scope = torch.NewDisposeScope();
        torch.ones(64, 64).matmul(torch.ones(64, 64));
        if (!File.Exists(Maps))
        {
            return "unknown";
        }

        var files = File.ReadLines(Maps)
            .Select(line => line[(line.LastIndexOf(' ') + 1)..])
            .Where(path => BlasFile().IsMatch(path))
            .Distinct()
            .ToArray();
        // libtorch's packages for processors have MKL inside libtorch_cpu.
        return files.Length == 0 ? "linked into libtorch" : string.Join(", ", files);
    }

    [GeneratedRegex(@"(blas|mkl|blis)[^/]*\.so[^/]*$")]
    private static partial Regex BlasFile();
}
