using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed partial class TrainingProcessTests
{
    [Fact]
    public void Training_does_not_change_the_environment_by_itself()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads the environment of the C library");
        var options = TinyRun.Pix2Pix(null);
        options.Epochs = 1;
        options.DecayEpochs = 0;
        IntPtr before = getenv("GOMP_SPINCOUNT");
        new Pix2PixTrainer(options).Train();
        Assert.Equal(before, getenv("GOMP_SPINCOUNT"));
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial IntPtr getenv(string name);
}
