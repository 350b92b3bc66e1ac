using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Cli;

/// <summary>The machine, .NET, and how this program was built.</summary>
internal static class MachineProbe
{
    /// <summary>Looks.</summary>
    public static IEnumerable<Finding> Look()
    {
        var gigabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);
        yield return new(
            "imt",
            typeof(MachineProbe)
                .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
                ?.InformationalVersion
                ?? "unknown"
        );
        yield return new(".NET", RuntimeInformation.FrameworkDescription);
        yield return new("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");
        yield return new(
            "machine",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Environment.ProcessorCount} processors, {gigabytes:0.0} GiB of memory"
            )
        );
        yield return new("built for", Accelerator);
    }

    /// <summary>The accelerator this program was built for: <c>cpu</c> or <c>cuda</c>.</summary>
    public static string Accelerator => Metadata("Accelerator");

    private static string Metadata(string key) =>
        typeof(MachineProbe)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(attribute => attribute.Key == key)
            ?.Value
        ?? "unknown";
}
