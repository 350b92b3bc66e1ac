using System.Text.Json;

namespace MlNetImageTranslation.Build.Tests;

/// <summary>
/// What MSBuild makes of a project for one accelerator: <c>dotnet msbuild -getItem</c>, no build, no restore.
/// </summary>
internal sealed class ProjectEvaluation
{
    private readonly JsonElement _items;

    public ProjectEvaluation(string project, string accelerator)
    {
        var (exitCode, output) = Repository.Run(
            "dotnet",
            "msbuild",
            project,
            $"-p:Accelerator={accelerator}",
            "-getItem:PackageReference,PackageVersion"
        );
        Assert.True(exitCode == 0, $"{project}: {output}");
        _items = JsonDocument.Parse(output).RootElement.GetProperty("Items");
    }

    /// <summary>
    /// The referenced packages as <c>id version</c>, without analyzers and what the SDK or the test framework brings.
    /// </summary>
    public string[] Packages
    {
        get
        {
            var versions = Items("PackageVersion")
                .ToDictionary(
                    Identity,
                    item => item.GetProperty("Version").GetString(),
                    StringComparer.OrdinalIgnoreCase
                );
            return
            [
                .. Items("PackageReference")
                    .Select(Identity)
                    .Where(id => !IsTestFramework(id) && !id.EndsWith("Analyzers", StringComparison.Ordinal))
                    .Select(id => $"{id} {versions[id]}")
                    .Order(StringComparer.Ordinal),
            ];
        }
    }

    private IEnumerable<JsonElement> Items(string type) => _items.GetProperty(type).EnumerateArray();

    private static string Identity(JsonElement item) => item.GetProperty("Identity").GetString()!;

    private static bool IsTestFramework(string id) =>
        id.StartsWith("xunit", StringComparison.OrdinalIgnoreCase) || id == "Microsoft.NET.Test.Sdk";
}
