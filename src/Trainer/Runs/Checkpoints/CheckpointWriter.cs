using System.Security.Cryptography;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Writes a checkpoint: a folder of safetensors files and a state.json, made under another name, flushed to disk, and
/// renamed once it is whole.
/// </summary>
internal sealed class CheckpointWriter(string folder, bool flushToDisk)
{
    private readonly Dictionary<string, string> _files = [];
    private readonly Dictionary<string, long> _sizes = [];
    private readonly Dictionary<string, long> _numbers = [];

    /// <summary>Adds tensors under a name.</summary>
    public void Write(string name, StateDict tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        string file = name + CheckpointFiles.Extension,
            path = CheckpointFiles.PathOf(folder, file);
        tensors.Write(path, metadata, flushToDisk);
        using var stream = File.OpenRead(path);
        _sizes[file] = stream.Length;
        _files[file] = Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>Adds a whole number under a name.</summary>
    public void Write(string name, long number) => _numbers[name] = number;

    /// <summary>Adds where the run is, which completes the checkpoint.</summary>
    public CheckpointDocument Complete(TrainingState state)
    {
        var document = CheckpointDocument.Create(state, _numbers, _files, _sizes);
        document.Write(folder, flushToDisk);
        return document;
    }
}
