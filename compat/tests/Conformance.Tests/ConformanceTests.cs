using System.Reflection;

namespace MlNetImageTranslation.Conformance.Tests;

/// <summary>
/// Everything that a compat assembly shows to the world exists in the real package, with the same names, types and defaults.
/// compat/api holds the lines that are claimed. With CONFORMANCE_LISTINGS set to a folder of complete listings, the claimed
/// lines are first taken from there anew (compat/api/update.sh).
/// </summary>
public sealed class ConformanceTests
{
    [Theory]
    [InlineData("TorchSharp")]
    [InlineData("Microsoft.ML")]
    [InlineData("Microsoft.ML.ImageAnalytics")]
    [InlineData("Microsoft.ML.OnnxTransformer")]
    public void Compat_shows_only_what_the_real_package_has(string assemblyName)
    {
        var surface = ApiSurface.Of(Assembly.Load(assemblyName));
        if (Environment.GetEnvironmentVariable("CONFORMANCE_LISTINGS") is { Length: > 0 } complete) Claim(surface, assemblyName, complete);

        var file = Path.Combine(AppContext.BaseDirectory, "api", assemblyName + ".txt");
        var claimed = new Listing(File.Exists(file) ? File.ReadLines(file) : []);
        var invented = surface.Where(line => claimed.Allowing(line) is null).ToList();
        Assert.True(invented.Count == 0, $"{invented.Count} lines of {assemblyName} are not in compat/api/{assemblyName}.txt:\n{string.Join('\n', invented)}");
    }

    private static void Claim(IEnumerable<string> surface, string listing, string complete)
    {
        var real = new Listing(File.ReadLines(Path.Combine(complete, listing + ".txt")));
        var lines = surface.Select(real.Allowing).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        var source = Environment.GetEnvironmentVariable("CONFORMANCE_CLAIMS") ?? throw new InvalidOperationException("CONFORMANCE_CLAIMS names the folder compat/api.");
        foreach (var folder in new[] { source, Path.Combine(AppContext.BaseDirectory, "api") })
        {
            Directory.CreateDirectory(folder);
            File.WriteAllLines(Path.Combine(folder, listing + ".txt"), lines);
        }
    }
}
