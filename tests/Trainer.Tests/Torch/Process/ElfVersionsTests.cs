using System.Diagnostics;
using System.Runtime.InteropServices;
using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using TorchSharp;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class ElfVersionsTests
{
    private const string Version = "GLIBCXX_3.4.32";

    [Fact]
    public void Weakening_TorchSharps_own_library_sets_one_flag()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "There is no such library here."
        );
        var before = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"));
        var after = before.ToArray();
        ElfVersions.Weaken(after, Version);

        int changed = Assert.Single(Enumerable.Range(0, before.Length), i => before[i] != after[i]);
        Assert.Equal(before[changed] | 2, after[changed]);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("weak.so"), after);
        string weak = Assert.Single(
            Lines("readelf", "-V", folder.File("weak.so")),
            line => line.Contains("Flags: WEAK", StringComparison.Ordinal)
        );
        Assert.Contains(Version, weak, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_uses_a_symbol_of_the_version_is_refused()
    {
        using var folder = new TemporaryFolder();
        var image = Compile(
            folder,
            "#include <string>\nstd::string* text(int n) { return new std::string(n, 'x'); }\n"
        );
        // Every libstdc++ has this version, and std::string's members are of it.
        var refusal = Assert.Throws<InvalidDataException>(() => ElfVersions.Weaken(image, "GLIBCXX_3.4"));
        Assert.Contains("GLIBCXX_3.4", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("_Z", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_does_not_need_the_version_is_refused_unchanged()
    {
        using var folder = new TemporaryFolder();
        var image = Compile(folder, "extern \"C\" int one() { return 1; }\n");
        var before = image.ToArray();
        Assert.Throws<InvalidDataException>(() => ElfVersions.Weaken(image, Version));
        Assert.Equal(before, image);
    }

    [Fact]
    public void Damaged_files_are_refused()
    {
        Assert.Throws<InvalidDataException>(() => ElfVersions.Weaken("no library"u8.ToArray(), Version));
        using var folder = new TemporaryFolder();
        var image = Compile(folder, "extern \"C\" int one() { return 1; }\n");
        for (int length = 0; length < image.Length; length += 97)
        {
            Assert.Throws<InvalidDataException>(() => ElfVersions.Weaken(image[..length], Version));
        }
    }

    [Fact]
    public void Torch_starts() => TorchLibrary.EnsureLoaded();

    private static byte[] Compile(TemporaryFolder folder, string source)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/g++"), "/usr/bin/g++ is not there; ./test.sh installs it.");
        File.WriteAllText(folder.File("library.cpp"), source);
        Lines("/usr/bin/g++", "-shared", "-fPIC", "-o", folder.File("library.so"), folder.File("library.cpp"));
        return File.ReadAllBytes(folder.File("library.so"));
    }

    private static string[] Lines(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.Split('\n');
    }
}
