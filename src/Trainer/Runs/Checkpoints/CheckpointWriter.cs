using System.Security.Cryptography;
using System.Text.Json;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Writes a checkpoint: a folder of safetensors files and a state.json, made under another name, flushed to disk, and
/// renamed once it is whole.
/// </summary>
internal sealed class CheckpointWriter(string folder, bool flushToDisk)
{
    private readonly Dictionary<string, string> _files = [];
    private readonly Dictionary<string, long> _numbers = [];

    /// <summary>Adds tensors under a name.</summary>
    public void Write(string name, StateDict tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        string file = $"{name}.safetensors",
            path = Path.Combine(folder, file);
        Safetensors.Write(path, tensors, metadata, flushToDisk);
        using var stream = File.OpenRead(path);
        _files[file] = Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>Adds a whole number under a name.</summary>
    public void Write(string name, long number) => _numbers[name] = number;

    /// <summary>Adds where the run is, which completes the checkpoint.</summary>
    public void Complete(TrainingState state)
    {
        using var stream = new FileStream(Path.Combine(folder, CheckpointReader.StateFile), FileMode.CreateNew);
        JsonSerializer.Serialize(stream, new CheckpointDocument(1, state, _numbers, _files), OptionsJson.Settings);
        stream.Flush(flushToDisk);
    }
}
