namespace MlNetImageTranslation.Build.Tests;

/// <summary>The scripts' answers to what they cannot do.</summary>
public sealed class ScriptTests
{
    [Fact]
    public void An_unknown_option_is_an_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The scripts are for Linux.");
        var (exitCode, output) = Repository.Run("bash", "test.sh", "--fast");
        Assert.Equal(2, exitCode);
        Assert.Contains("unknown option '--fast'", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_of_the_public_surface_are_written_by_a_build_that_succeeds_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The scripts are for Linux.");
        string folder = Directory.CreateTempSubdirectory("imt-test-").FullName;
        string[] libraries = ["Large", "Small"];
        foreach (string library in libraries)
        {
            Directory.CreateDirectory(In(library));
            File.WriteAllText(ListOf(library), $"#nullable enable\nOld.{library}\n");
        }
        File.Copy(Path.Combine(Repository.Root, "src", "public-api.sh"), In("public-api.sh"));
        // In place of dotnet: what a build prints, with as good an end as the test says.
        Directory.CreateDirectory(In("bin"));
        File.WriteAllText(
            In("bin/dotnet"),
            """
            #!/bin/sh
            for library in Large Small; do
                echo "x.cs(1,2): warning RS0016: Symbol 'New.$library' is not part of the declared public API (y) [/$library/$library.csproj]"
            done
            echo "x.cs(1,2): error"
            exit "$BUILD_ENDS_WITH"

            """
        );
        var (exitCode, output) = Write(1);
        Assert.Equal(1, exitCode);
        Assert.Contains("error", output, StringComparison.Ordinal);
        Assert.All(
            libraries,
            library => Assert.Equal($"#nullable enable\nOld.{library}\n", File.ReadAllText(ListOf(library)))
        );
        Assert.Equal(0, Write(0).ExitCode);
        Assert.All(
            libraries,
            library => Assert.Equal($"#nullable enable\nNew.{library}\n", File.ReadAllText(ListOf(library)))
        );

        Directory.Delete(folder, recursive: true);

        string In(string name) => Path.Combine(folder, name);

        string ListOf(string library) => In(Path.Combine(library, "PublicAPI.Unshipped.txt"));

        (int ExitCode, string Output) Write(int end) =>
            Repository.Run(
                "sh",
                "-c",
                $"chmod +x {folder}/bin/dotnet; BUILD_ENDS_WITH={end} PATH={folder}/bin:$PATH sh {folder}/public-api.sh"
            );
    }
}
