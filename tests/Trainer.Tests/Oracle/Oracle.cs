using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>Tests that need Python are skipped with the reason where it is not there.</summary>
internal static class Oracle
{
    public static void Require(params string[] modules)
    {
        string? why = PythonOracle.WhyMissing(modules);
        Assert.SkipWhen(why is not null, why ?? "");
    }
}
