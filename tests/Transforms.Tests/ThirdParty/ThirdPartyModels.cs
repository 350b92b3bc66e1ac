using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>
/// A folder of models with the interfaces of well-known ones, and what torch makes of <see cref="Image"/> by their
/// instructions.
/// </summary>
public sealed class ThirdPartyModels : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string? _why = PythonOracle.WhyMissing("onnx", "numpy", "torch", "PIL");

    public ThirdPartyModels()
    {
        if (_why is not null)
            return;
        System.IO.File.WriteAllBytes(_folder.File("image.raw"), Image.Pixels);
        using var script = new StreamReader(GetType().Assembly.GetManifestResourceStream("third_party_models.py")!);
        PythonOracle.Run(script.ReadToEnd(), _folder.Path);
    }

    public static RgbImage Image { get; } = TestImages.Make(56, 40, 3);

    public string File(string name)
    {
        Assert.SkipWhen(_why is not null, _why ?? "");
        return _folder.File($"{name}.onnx");
    }

    public byte[] Expected(string name) => System.IO.File.ReadAllBytes(_folder.File($"{name}.expected"));

    public void Dispose() => _folder.Dispose();
}
