using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>ONNX models that a script of Python makes once for a class of tests.</summary>
public abstract class PythonModels : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string? _why = PythonOracle.WhyMissing("onnx", "numpy");

    protected PythonModels(string script)
    {
        if (_why is null)
            PythonOracle.Run(script, _folder.Path);
    }

    /// <summary>A model's file; skips the test where there is no Python to make it.</summary>
    public string File(string name)
    {
        Assert.SkipWhen(_why is not null, _why ?? "");
        return _folder.File($"{name}.onnx");
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _folder.Dispose();
    }
}
