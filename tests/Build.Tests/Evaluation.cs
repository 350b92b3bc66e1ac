using System.Text.Json;

namespace MlNetImageTranslation.Build.Tests;

/// <summary>What MSBuild makes of a project in one mode: <c>dotnet msbuild -getItem</c>, no build, no restore.</summary>
internal sealed class Evaluation
{
    private readonly JsonElement _items;

    public Evaluation(string project, string packages, string accelerator = "cpu")
    {
        var (exitCode, output) = Repository.Run("dotnet", "msbuild", project, $"-p:Packages={packages}", $"-p:Accelerator={accelerator}",
            "-getItem:PackageReference,ProjectReference,PackageVersion,FieldLibrary", "-getProperty:OutputPath,BaseIntermediateOutputPath");
        Assert.True(exitCode == 0, $"{project}: {output}");
        var document = JsonDocument.Parse(output).RootElement;
        _items = document.GetProperty("Items");
        OutputPath = document.GetProperty("Properties").GetProperty("OutputPath").GetString()!;
        IntermediatePath = document.GetProperty("Properties").GetProperty("BaseIntermediateOutputPath").GetString()!;
    }

    public string OutputPath { get; }

    public string IntermediatePath { get; }

    /// <summary>The referenced packages as <c>id version</c>, without those that the SDK or the test framework brings.</summary>
    public string[] Packages
    {
        get
        {
            var versions = Items("PackageVersion").ToDictionary(Identity, item => item.GetProperty("Version").GetString(), StringComparer.OrdinalIgnoreCase);
            return [.. Items("PackageReference").Select(Identity).Where(id => !IsTestFramework(id)).Select(id => $"{id} {versions[id]}").Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Names of the compat projects that are referenced.</summary>
    public string[] CompatProjects => [.. Items("ProjectReference").Select(Identity).Where(path => path.Replace('\\', '/').Contains("compat/", StringComparison.Ordinal))
        .Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))).Order(StringComparer.Ordinal)];

    public string[] FieldLibraries => [.. Items("FieldLibrary").Select(Identity).Order(StringComparer.Ordinal)];

    public int References => Items("PackageReference").Count() + Items("ProjectReference").Count();

    private IEnumerable<JsonElement> Items(string type) => _items.GetProperty(type).EnumerateArray();

    private static string Identity(JsonElement item) => item.GetProperty("Identity").GetString()!;

    private static bool IsTestFramework(string id) => id.StartsWith("xunit", StringComparison.OrdinalIgnoreCase) || id == "Microsoft.NET.Test.Sdk";
}
