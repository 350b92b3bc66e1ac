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
}
