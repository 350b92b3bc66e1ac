using System.Globalization;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// The checkpoints of a run: the newest two, each a folder named after its step, and the damaged ones that were set
/// aside.
/// </summary>
internal sealed class CheckpointFolder(string folder)
{
    private const string Prefix = "step-",
        Unfinished = "unfinished-",
        Damaged = "damaged-";
    private const int Generations = 2;

    /// <summary>The finished checkpoints, newest first.</summary>
    public IReadOnlyList<string> All =>
        !Directory.Exists(folder)
            ? []
            : Directory
                .EnumerateDirectories(folder, Prefix + "*")
                .Where(path => StepOf(path) is not null)
                .OrderByDescending(StepOf)
                .ToArray();

    /// <summary>Whether there are checkpoints, sound or damaged.</summary>
    public bool Any =>
        All.Count > 0
        || Directory.Exists(folder) && Directory.EnumerateDirectories(folder, Damaged + Prefix + "*").Any();

    /// <summary>Writes a checkpoint and removes the ones before the last two.</summary>
    /// <returns>What its state.json says.</returns>
    public CheckpointDocument Save(TrainingState state, bool flushToDisk, Action<CheckpointWriter> write)
    {
        bool isNew = !Directory.Exists(folder);
        NewFolder.Make(folder);
        if (isNew && flushToDisk && Path.GetDirectoryName(folder) is { } run)
            DirectoryFlush.Run(run);
        RemoveUnfinished();
        string beside = NewUnfinished(),
            final = PathOf(state.Step);
        NewFolder.Make(beside);
        var writer = new CheckpointWriter(beside, flushToDisk);
        write(writer);
        var document = writer.Complete(state);
        // The same step again, when the one of that name could not be brought up to date.
        if (Directory.Exists(final))
            Directory.Move(final, NewUnfinished());
        if (flushToDisk)
            DirectoryFlush.Run(beside);
        Directory.Move(beside, final);
        if (flushToDisk)
            DirectoryFlush.Run(folder);
        foreach (string old in All.Skip(Generations))
            Directory.Delete(old, recursive: true);
        RemoveUnfinished();
        return document;
    }

    /// <summary>
    /// Brings the state of the checkpoint of that step up to date: no step was made since, so the tensors are the same.
    /// </summary>
    /// <returns>What its state.json says now; null where the checkpoint is not there any more.</returns>
    public CheckpointDocument? Update(CheckpointDocument document, TrainingState state, bool flushToDisk)
    {
        string path = PathOf(state.Step);
        // One of before has no sizes: it is written anew.
        if (document.Sizes is null || !document.Files.Keys.All(file => File.Exists(Path.Combine(path, file))))
            return null;
        document = document with { State = state };
        document.Write(path, flushToDisk);
        return document;
    }

    /// <summary>Finds the newest checkpoint that is sound and takes the run back to it.</summary>
    /// <param name="use">Takes what a checkpoint holds; whatever it throws says that the checkpoint is damaged.</param>
    /// <param name="setAside">Whether damaged ones that are newer are renamed, so that they take no place among the two
    /// that are kept.</param>
    /// <param name="warn">Told about every damaged one.</param>
    /// <returns>The sound one, or null where there are none at all.</returns>
    /// <exception cref="InvalidDataException">There are checkpoints, but none is sound.</exception>
    public CheckpointReader? OpenNewest(Action<CheckpointReader>? use, bool setAside, Action<string> warn)
    {
        var damaged = new List<(string Path, string Why)>();
        foreach (string path in All)
        {
            if (TryOpen(path, use, out string why) is not { } checkpoint)
            {
                damaged.Add((path, why));
                continue;
            }
            foreach (var (bad, reason) in damaged)
                warn($"Checkpoint '{bad}' is damaged and not used{(setAside ? SetAside(bad) : "")}: {reason}");
            return checkpoint;
        }
        if (!Any)
            return null;
        string first = damaged.Count > 0 ? $" The newest: {damaged[0].Why}" : "";
        throw new InvalidDataException(
            $"All checkpoints in '{folder}' are damaged. Snapshots may still be exported; to train anew, choose "
                + $"another folder.{first}"
        );
    }

    private static CheckpointReader? TryOpen(string path, Action<CheckpointReader>? use, out string why)
    {
        try
        {
            var checkpoint = new CheckpointReader(path);
            if (checkpoint.State.Step != StepOf(path))
                throw new InvalidDataException(
                    FormattableString.Invariant($"'{path}' holds the checkpoint of step {checkpoint.State.Step}.")
                );
            use?.Invoke(checkpoint);
            why = "";
            return checkpoint;
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or OperationCanceledException))
        {
            why = exception.Message;
            return null;
        }
    }

    // The name says what it is; nothing is deleted, because somebody may know better.
    private string SetAside(string path)
    {
        string name = Damaged + Path.GetFileName(path),
            target = Path.Combine(folder, name);
        for (int number = 2; Path.Exists(target); number++)
            target = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"));
        try
        {
            Directory.Move(path, target);
            return $" (kept as '{Path.GetFileName(target)}')";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $" (and could not be renamed: {exception.Message})";
        }
    }

    private string PathOf(long step) =>
        Path.Combine(folder, Prefix + step.ToString("D9", CultureInfo.InvariantCulture));

    private string NewUnfinished() => Path.Combine(folder, Unfinished + Guid.NewGuid().ToString("N"));

    private static long? StepOf(string path) =>
        long.TryParse(
            Path.GetFileName(path)[Prefix.Length..],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out long step
        )
            ? step
            : null;

    private void RemoveUnfinished()
    {
        foreach (string path in Directory.EnumerateDirectories(folder, Unfinished + "*"))
            Directory.Delete(path, recursive: true);
    }
}
