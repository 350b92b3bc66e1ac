namespace MlNetImageTranslation.Build.Tests;

/// <summary>The scripts' answers to what they cannot do.</summary>
public sealed class ScriptTests
{
    [Theory]
    [InlineData("setup.sh", "--pakcages", "unknown option '--pakcages'")]
    [InlineData("test.sh", "--fast", "unknown option '--fast'")]
    public void UnknownOptionsAreErrors(string script, string option, string message)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The scripts are for Linux.");
        var (exitCode, output) = Repository.Run("bash", script, option);
        Assert.NotEqual(0, exitCode);
        Assert.Contains(message, output, StringComparison.Ordinal);
    }

    [Fact]
    public void SetUpRefusesAnUnknownModeBeforeDoingAnything()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The scripts are for Linux.");
        var (exitCode, output) = Repository.Run("bash", "setup.sh", "--packages", "conda");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("--packages is 'conda'; expected nuget, compat or ask", output, StringComparison.Ordinal);
    }
}
