using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The content of a checkpoint's state.json. Everything in a checkpoint is vouched for: the other files by hashes in
/// this one, and this one by a hash of itself.
/// </summary>
/// <param name="FormatVersion">2; 1 for checkpoints of before, without <paramref name="Sha256"/> and
/// <paramref name="Sizes"/>.</param>
/// <param name="State">Where the run is.</param>
/// <param name="Numbers">Whole numbers by name: updates of optimizers, counters of pools.</param>
/// <param name="Files">SHA-256 of every other file of the checkpoint, by name.</param>
/// <param name="Sizes">Bytes of every other file of the checkpoint, by name.</param>
/// <param name="Sha256">SHA-256 of the bytes of state.json itself, with zeros in place of these digits.</param>
internal sealed record CheckpointDocument(
    int FormatVersion,
    TrainingState State,
    IReadOnlyDictionary<string, long> Numbers,
    IReadOnlyDictionary<string, string> Files,
    IReadOnlyDictionary<string, long>? Sizes = null,
    string? Sha256 = null
)
{
    /// <summary>The file's name in the checkpoint's folder.</summary>
    public const string FileName = "state.json";

    private const int CurrentVersion = 2;
    private const int MaximumBytes = 1 << 24;
    private static readonly string s_noHash = new('0', 2 * SHA256.HashSizeInBytes);

    // Nothing is guessed: a name that is unknown, missing, twice there or spelled otherwise is damage.
    private static readonly JsonSerializerOptions s_strict = new(OptionsJson.Settings)
    {
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>A document of the current format.</summary>
    public static CheckpointDocument Create(
        TrainingState state,
        IReadOnlyDictionary<string, long> numbers,
        IReadOnlyDictionary<string, string> files,
        IReadOnlyDictionary<string, long> sizes
    ) => new(CurrentVersion, state, numbers, files, sizes);

    /// <summary>Writes state.json into a checkpoint's folder, whole or not at all.</summary>
    public void Write(string folder, bool flushToDisk)
    {
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(
            this with
            {
                FormatVersion = CurrentVersion,
                Sha256 = s_noHash,
            },
            s_strict
        );
        // The hash comes last, and nothing after it holds so many zeros.
        int at = bytes.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(s_noHash));
        Encoding.ASCII.GetBytes(Hash(bytes), bytes.AsSpan(at));
        AtomicFile.WriteStream(Path.Combine(folder, FileName), stream => stream.Write(bytes), flushToDisk);
        if (flushToDisk)
            DirectoryFlush.Run(folder);
    }

    /// <summary>Reads and checks the state.json of a checkpoint's folder.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CheckpointDocument Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        CheckpointFiles.RequireFile(path, null);
        if (new FileInfo(path).Length > MaximumBytes)
            throw new InvalidDataException($"'{path}' has more than {MaximumBytes} bytes.");
        byte[] bytes = File.ReadAllBytes(path);
        CheckpointDocument document;
        try
        {
            document =
                JsonSerializer.Deserialize<CheckpointDocument>(bytes, s_strict)
                ?? throw new InvalidDataException($"'{path}' is JSON null.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"'{path}' cannot be read: {exception.Message}", exception);
        }
        document.Check(path, bytes);
        return document;
    }

    private void Check(string path, byte[] bytes)
    {
        bool complete =
            this is { State.Plateau: not null, Numbers: not null, Files: not null }
            && FormatVersion switch
            {
                1 => Sizes is null && Sha256 is null,
                CurrentVersion => Sizes is not null && Sha256 is not null,
                _ => false,
            };
        if (!complete)
            throw new InvalidDataException(
                $"'{path}' is not a checkpoint of format 1 or {CurrentVersion}: it has format {FormatVersion}."
            );
        if (Sha256 is not null && !IsHashOf(Sha256, bytes))
            throw new InvalidDataException($"'{path}' is not what was written: its own SHA-256 differs.");
        if (
            State.Epoch < 0
            || State.Batch < 0
            || State.Step < 0
            || State.LogLength < 0
            || State.ValidationLogLength < 0
        )
            throw new InvalidDataException($"'{path}' has a negative number of epochs, batches, steps or bytes.");
    }

    private static bool IsHashOf(string hash, byte[] bytes)
    {
        int at = hash.Length == s_noHash.Length ? bytes.AsSpan().LastIndexOf(Encoding.UTF8.GetBytes(hash)) : -1;
        if (at < 0)
            return false;
        byte[] without = [.. bytes];
        Encoding.ASCII.GetBytes(s_noHash, without.AsSpan(at));
        return Hash(without) == hash;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
