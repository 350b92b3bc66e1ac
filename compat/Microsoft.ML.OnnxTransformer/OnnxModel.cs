using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>An open session and the file behind it; a temporary file goes when a model loaded from model.zip is disposed.</summary>
internal sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly FileStream _file;

    private OnnxModel(IHostEnvironment env, string modelFile, bool ownFile, OnnxScoring scoring)
    {
        _session = OnnxSession.Open(env, modelFile, scoring);
        try
        {
            _file = new FileStream(modelFile, FileMode.Open, FileAccess.Read, FileShare.Read, 4096, ownFile ? FileOptions.DeleteOnClose : FileOptions.None);
            Inputs = _session.InputMetadata.Select(m => OnnxVariable.Create(m.Key, m.Value, scoring.Shapes)).ToArray();
            Outputs = _session.OutputMetadata.Select(m => OnnxVariable.Create(m.Key, m.Value, scoring.Shapes)).ToArray();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public OnnxVariable[] Inputs { get; }

    public OnnxVariable[] Outputs { get; }

    /// <exception cref="IOException">There is no such model file.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime refuses the model.</exception>
    public static OnnxModel Open(IHostEnvironment env, OnnxScoring scoring)
    {
        try
        {
            if (scoring.ModelBytes != null) return new OnnxModel(env, WriteTemporary(env, s => s.Write(scoring.ModelBytes)), ownFile: true, scoring);
            // The file of a stream stays behind, as with the real one.
            if (scoring.ModelStream is { } stream) return new OnnxModel(env, WriteTemporary(env, target => CopyAll(stream, target)), ownFile: false, scoring);
            Contracts.CheckNonWhiteSpace(scoring.ModelFile, nameof(scoring.ModelFile));
            if (!File.Exists(scoring.ModelFile)) throw new IOException($"Model file {scoring.ModelFile} does not exists.");
            return new OnnxModel(env, scoring.ModelFile, ownFile: false, scoring);
        }
        catch (OnnxRuntimeException e)
        {
            throw Contracts.Except($"Error initializing model :{e}", e);
        }
    }

    public OnnxVariable Input(string name) => Find(Inputs, name, "Input");

    public OnnxVariable Output(string name) => Find(Outputs, name, "Output");

    public byte[] ReadFile() => File.ReadAllBytes(_file.Name);

    public IDisposableReadOnlyCollection<DisposableNamedOnnxValue> Run(IReadOnlyCollection<NamedOnnxValue> inputs, IReadOnlyCollection<string> outputs)
        => _session.Run(inputs, outputs);

    public void Dispose()
    {
        _session.Dispose();
        _file?.Dispose();
    }

    private static OnnxVariable Find(OnnxVariable[] variables, string name, string kind)
        => variables.FirstOrDefault(v => v.Name == name)
            ?? throw new ArgumentOutOfRangeException(nameof(name), name, $"{kind} tensor, {name}, does not exist in the ONNX model. Available names are [{string.Join(",", variables.Select(v => v.Name))}].");

    private static void CopyAll(Stream source, Stream target)
    {
        source.Seek(0, SeekOrigin.Begin);
        source.CopyTo(target);
    }

    private static string WriteTemporary(IHostEnvironment env, Action<Stream> write)
    {
        var path = Path.Combine(env.Local().TempFilePath, Path.GetRandomFileName());
        using var stream = File.Create(path);
        write(stream);
        return path;
    }
}
