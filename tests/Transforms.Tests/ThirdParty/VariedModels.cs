using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>A folder of models of many kinds of layers, and what torch makes of images by them.</summary>
public sealed class VariedModels : IDisposable
{
    /// <summary>Sizes of <see cref="TestImages"/> that torch was given.</summary>
    public static readonly (int Width, int Height)[] Sizes = [(64, 64), (65, 97), (129, 64)];

    private readonly TemporaryFolder _folder = new();
    private readonly string? _why = PythonOracle.WhyMissing("onnx", "numpy", "torch");

    public VariedModels()
    {
        if (_why is not null)
            return;
        foreach (var (width, height) in Sizes)
            System.IO.File.WriteAllBytes(_folder.File($"{width}x{height}.raw"), TestImages.Make(width, height).Pixels);
        using var script = new StreamReader(GetType().Assembly.GetManifestResourceStream("varied_models.py")!);
        PythonOracle.Run(script.ReadToEnd(), [_folder.Path, .. Sizes.Select(size => $"{size.Width}x{size.Height}")]);
    }

    public string File(string name)
    {
        Assert.SkipWhen(_why is not null, _why ?? "");
        return _folder.File($"{name}.onnx");
    }

    public byte[] Expected(string name, int width, int height) =>
        System.IO.File.ReadAllBytes(_folder.File($"{name}-{width}x{height}.expected"));

    public void Dispose() => _folder.Dispose();
}
