using System.IO.Compression;
using System.Text;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Build.Tests;

/// <summary>What <c>dotnet pack</c> makes, used by a new project outside of the repository.</summary>
public sealed class PackedPackagesTests : IDisposable
{
    private static readonly string[] s_libraries =
    [
        "Networks",
        "Weights",
        "Imaging",
        "Datasets",
        "Export",
        "Transforms",
        "Evaluation",
        "Trainer",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_project_trains_and_translates_with_the_packages_alone()
    {
        foreach (string library in s_libraries)
        {
            Succeed(
                Repository.Run(
                    "dotnet",
                    "pack",
                    $"src/{library}",
                    "-c",
                    "Release",
                    "-o",
                    Packages,
                    "--nologo",
                    "-v",
                    "q"
                )
            );
        }
        Assert.Equal(2 * s_libraries.Length, Directory.GetFiles(Packages).Length);
        Assert.All(Directory.GetFiles(Packages, "*.nupkg"), AssertIsDescribed);

        Write(
            "NuGet.config",
            $"""
            <configuration>
              <packageSources><add key="packed" value="{Packages}" /></packageSources>
            </configuration>
            """
        );
        Write(
            "Application/Application.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestorePackagesPath>{_folder.File("cache")}</RestorePackagesPath>
                <RestoreFallbackFolders>{PackageCache}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="MlNetImageTranslation" Version="0.1.0" />
                <PackageReference Include="MlNetImageTranslation.Trainer" Version="0.1.0" />
                <PackageReference Include="Microsoft.ML.OnnxRuntime" Version="1.31.0" />
                <PackageReference Include="libtorch-cpu-linux-x64" Version="2.10.0" />
              </ItemGroup>
            </Project>
            """
        );
        Write(
            "Application/Program.cs",
            File.ReadAllText(Path.Combine(Repository.Root, "tests/Build.Tests/FirstHour.cs.txt"))
        );
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The native packages of other platforms are not restored here.");
        var (exitCode, output) = Repository.Run(
            "dotnet",
            "run",
            "--project",
            _folder.File("Application"),
            "--",
            _folder.File("work")
        );
        Assert.True(exitCode == 0, output);
        Assert.Contains("translated 32x32", output, StringComparison.Ordinal);
    }

    private static string PackageCache =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private string Packages => _folder.File("packages");

    private static void AssertIsDescribed(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        var names = archive.Entries.Select(entry => entry.FullName).ToHashSet();
        Assert.Contains("README.md", names);
        Assert.Contains("icon.png", names);
        Assert.Contains(
            names,
            name => name.EndsWith(".xml", StringComparison.Ordinal) && name.StartsWith("lib/", StringComparison.Ordinal)
        );
        using var reader = new StreamReader(
            archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open(),
            Encoding.UTF8
        );
        string description = reader.ReadToEnd();
        Assert.All(
            ["<description>", "<tags>", "<license type=\"expression\">MIT", "<repository type=\"git\""],
            part => Assert.Contains(part, description, StringComparison.Ordinal)
        );
        Assert.DoesNotContain("Package Description", description, StringComparison.Ordinal);
    }

    private static void Succeed((int ExitCode, string Output) run) => Assert.True(run.ExitCode == 0, run.Output);

    private void Write(string name, string content)
    {
        string path = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
