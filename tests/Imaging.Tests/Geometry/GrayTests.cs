using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Imaging.Tests;

public sealed class GrayTests
{
    [Fact]
    public void Gray_is_Pillows_luma()
    {
        var why = PythonOracle.WhyMissing("PIL");
        Assert.SkipWhen(why is not null, why ?? "");
        using var folder = new TemporaryFolder();
        var image = TestImages.Noise(40, 30, 8);
        TestImages.SaveRaw(image, folder.File("a"));
        PythonOracle.Run(
            "import sys\nfrom PIL import Image\nopen(sys.argv[2], 'wb').write(Image.frombytes('RGB', (40, 30), open(sys.argv[1], 'rb').read()).convert('L').convert('RGB').tobytes())",
            folder.File("a"),
            folder.File("b")
        );
        Assert.Equal(File.ReadAllBytes(folder.File("b")), image.ToGray().Pixels);
    }
}
