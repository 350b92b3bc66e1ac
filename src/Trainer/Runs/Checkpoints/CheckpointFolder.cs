using System.Globalization;

namespace MlNetImageTranslation.Trainer;

/// <summary>The checkpoints of a run: the newest two, each a folder named after its step.</summary>
internal sealed class CheckpointFolder(string folder)
{
    private const string Prefix = "step-",
        Unfinished = "unfinished-";
    private const int Generations = 2;

    /// <summary>The finished checkpoints, newest first.</summary>
    public IReadOnlyList<string> All =>
        !Directory.Exists(folder)
            ? []
            : Directory
                .EnumerateDirectories(folder, Prefix + "*")
                .Where(path =>
                    long.TryParse(
                        Path.GetFileName(path)[Prefix.Length..],
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out _
                    )
                )
                .OrderByDescending(path =>
                    long.Parse(Path.GetFileName(path)[Prefix.Length..], CultureInfo.InvariantCulture)
                )
                .ToArray();

    /// <summary>Writes a checkpoint and removes the ones before the last two.</summary>
    public void Save(TrainingState state, bool flushToDisk, Action<CheckpointWriter> write)
    {
        Directory.CreateDirectory(folder);
        RemoveUnfinished();
        string beside = Path.Combine(folder, Unfinished + Guid.NewGuid().ToString("N")),
            final = Path.Combine(folder, Prefix + state.Step.ToString("D9", CultureInfo.InvariantCulture));
        Directory.CreateDirectory(beside);
        var writer = new CheckpointWriter(beside, flushToDisk);
        write(writer);
        writer.Complete(state);
        // The same step again: after a fallback, or when the last step of an epoch is also a multiple of the interval.
        if (Directory.Exists(final))
            Directory.Delete(final, recursive: true);
        if (flushToDisk)
            DirectoryFlush.Run(beside);
        Directory.Move(beside, final);
        if (flushToDisk)
            DirectoryFlush.Run(folder);
        foreach (string old in All.Skip(Generations))
            Directory.Delete(old, recursive: true);
    }

    /// <summary>The newest checkpoint that is sound, or null where there is none.</summary>
    /// <param name="warn">Told about every damaged one.</param>
    /// <exception cref="InvalidDataException">There are checkpoints, but none is sound.</exception>
    public CheckpointReader? OpenNewest(Action<string> warn)
    {
        var all = All;
        foreach (string path in all)
            try
            {
                return new CheckpointReader(path);
            }
            catch (InvalidDataException exception)
            {
                warn($"Checkpoint '{path}' is damaged and not used: {exception.Message}");
            }
        return all.Count == 0
            ? null
            : throw new InvalidDataException(
                $"All checkpoints in '{folder}' are damaged. Snapshots may still be exported; to train anew, choose "
                    + $"another folder."
            );
    }

    private void RemoveUnfinished()
    {
        foreach (string path in Directory.EnumerateDirectories(folder, Unfinished + "*"))
            Directory.Delete(path, recursive: true);
    }
}
