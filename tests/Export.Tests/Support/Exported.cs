using MlNetImageTranslation.Networks;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Export.Tests;

/// <summary>A network exported to a temporary file and opened.</summary>
internal sealed class Exported : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Exported(NetworkGraph graph, OnnxExportOptions options, StateDict? weights = null)
    {
        Path = _folder.File("model.onnx");
        Card = OnnxExporter.Export(graph, weights ?? RandomNetworks.Weights(graph), options, Path);
        Info = OnnxModelInfo.Read(Path);
        Runner = new(Path);
    }

    public string Path { get; }

    public ModelCard Card { get; }

    public OnnxModelInfo Info { get; }

    public OnnxRunner Runner { get; }

    public byte[] Translate(byte[] images, int count, int height, int width) =>
        Runner.Run<byte, byte>(images, count, height, width, 3).Values;

    public int Count(string operatorName) => Info.Operators.GetValueOrDefault(operatorName);

    public void Dispose()
    {
        Runner.Dispose();
        _folder.Dispose();
    }
}
