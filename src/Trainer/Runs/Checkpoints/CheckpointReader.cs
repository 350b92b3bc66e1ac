using System.Security.Cryptography;
using System.Text.Json;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>Reads a checkpoint after checking that every file is as it was written.</summary>
internal sealed class CheckpointReader
{
    public const string StateFile = "state.json";
    private readonly string _folder;
    private readonly CheckpointDocument _document;

    /// <summary>Opens and checks a checkpoint.</summary>
    /// <exception cref="InvalidDataException">It is damaged; the message names the file.</exception>
    public CheckpointReader(string folder)
    {
        _folder = folder;
        string statePath = Path.Combine(folder, StateFile);
        try
        {
            _document =
                JsonSerializer.Deserialize<CheckpointDocument>(File.ReadAllBytes(statePath), OptionsJson.Settings)
                ?? throw new InvalidDataException($"'{statePath}' is JSON null.");
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            throw new InvalidDataException($"'{statePath}' cannot be read: {exception.Message}", exception);
        }
        if (_document is not { FormatVersion: 1, State: not null, Numbers: not null, Files: not null })
            throw new InvalidDataException($"'{statePath}' is not a checkpoint of format 1.");
        foreach (var (file, expected) in _document.Files)
        {
            string path = Path.Combine(folder, file);
            if (!File.Exists(path))
                throw new InvalidDataException($"'{path}' is missing.");
            using var stream = File.OpenRead(path);
            if (Convert.ToHexStringLower(SHA256.HashData(stream)) != expected)
                throw new InvalidDataException(
                    $"'{path}' is not what was written: its SHA-256 differs from the one in {StateFile}."
                );
        }
    }

    /// <summary>Where the run was.</summary>
    public TrainingState State => _document.State;

    /// <summary>The checkpoint's folder.</summary>
    public string Folder => _folder;

    /// <summary>The tensors under a name.</summary>
    public StateDict Tensors(string name) => Safetensors.Read(Path.Combine(_folder, $"{name}.safetensors")).Weights;

    /// <summary>Whether there is a whole number under that name.</summary>
    public bool HasNumber(string name) => _document.Numbers.ContainsKey(name);

    /// <summary>The whole number under a name.</summary>
    public long Number(string name) =>
        _document.Numbers.TryGetValue(name, out long number)
            ? number
            : throw new InvalidDataException($"Checkpoint '{_folder}' lacks the number '{name}'.");
}
