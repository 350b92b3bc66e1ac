using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Cli.Tests;

/// <summary>A run folder that this user may not look into is not called something else.</summary>
public sealed class LockedRunFolderTests
{
    [Theory]
    [InlineData("evaluate")]
    [InlineData("export")]
    public void A_folder_that_may_not_be_read_is_called_that(string command)
    {
        const string setpriv = "/usr/bin/setpriv";
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Users and rights of POSIX systems.");
            return;
        }
        // Root may read everything, so root lets another user do it.
        bool isRoot = Environment.IsPrivilegedProcess;
        Assert.SkipWhen(isRoot && !File.Exists(setpriv), $"This is root, and there is no {setpriv}.");
        string[] asNobody = isRoot ? [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
        const UnixFileMode all = (UnixFileMode)0b111_111_111;
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Path, all);
        string run = Directory.CreateDirectory(folder.File("run")).FullName;
        File.WriteAllText(Path.Combine(run, "options.json"), "{}");
        File.SetUnixFileMode(run, UnixFileMode.None);
        try
        {
            using var imt = new ImtProcess(
                asNobody,
                command == "export" ? [command, run, "--output", folder.File("x.onnx")] : [command, run],
                folder.Path
            );
            var (code, error) = imt.End();
            Assert.SkipWhen(code is not (1 or 2), "Another user cannot read the tests' folder.");
            Assert.Equal(2, code);
            Assert.Contains($"may not look into the folder '{run}'", error, StringComparison.Ordinal);
            Assert.DoesNotContain("is not a run folder", error, StringComparison.Ordinal);
        }
        finally
        {
            File.SetUnixFileMode(run, all);
        }
    }
}
