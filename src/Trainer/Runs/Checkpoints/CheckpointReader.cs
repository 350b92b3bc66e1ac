using System.Security.Cryptography;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Trainer;

/// <summary>Reads a checkpoint after checking that every file is as it was written.</summary>
internal sealed class CheckpointReader
{
    /// <summary>Opens and checks a checkpoint.</summary>
    /// <exception cref="InvalidDataException">It is damaged or cannot be read; the message names the file.</exception>
    public CheckpointReader(string folder)
    {
        Folder = folder;
        try
        {
            Document = CheckpointDocument.Read(folder);
            foreach (var (file, expected) in Document.Files)
            {
                string path = CheckpointFiles.PathOf(folder, file);
                CheckpointFiles.RequireFile(path, Document.Sizes?.GetValueOrDefault(file));
                using var stream = File.OpenRead(path);
                if (Convert.ToHexStringLower(SHA256.HashData(stream)) != expected)
                    throw new InvalidDataException(
                        $"'{path}' is not what was written: its SHA-256 differs from the one in "
                            + $"{CheckpointDocument.FileName}."
                    );
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"'{folder}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>What its state.json says.</summary>
    public CheckpointDocument Document { get; }

    /// <summary>Where the run was.</summary>
    public TrainingState State => Document.State;

    /// <summary>The checkpoint's folder.</summary>
    public string Folder { get; }

    /// <summary>The tensors under a name.</summary>
    /// <exception cref="InvalidDataException">The checkpoint does not have them.</exception>
    public StateDict Tensors(string name)
    {
        string file = name + CheckpointFiles.Extension;
        return Document.Files.ContainsKey(file)
            ? StateDict.Read(Path.Combine(Folder, file))
            : throw new InvalidDataException($"Checkpoint '{Folder}' lacks the file '{file}'.");
    }

    /// <summary>Whether there is a whole number under that name.</summary>
    public bool HasNumber(string name) => Document.Numbers.ContainsKey(name);

    /// <summary>The whole number under a name.</summary>
    public long Number(string name) =>
        Document.Numbers.TryGetValue(name, out long number)
            ? number
            : throw new InvalidDataException($"Checkpoint '{Folder}' lacks the number '{name}'.");
}
