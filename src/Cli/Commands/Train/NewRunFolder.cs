using MlNetImageTranslation.Trainer;

namespace MlNetImageTranslation.Cli;

/// <summary>
/// The folder that a command line names for its run: one that did not exist, and in which no step was made, is not left
/// behind by a command line that failed.
/// </summary>
internal sealed class NewRunFolder(string folder)
{
    private readonly bool _existed = Directory.Exists(folder);

    /// <summary>Deletes the folder if this command line made it and nothing of a run is in it.</summary>
    public void DeleteIfUnused()
    {
        if (_existed || !Directory.Exists(folder))
        {
            return;
        }

        // Another command line may have begun a run in the folder since.
        using var held = TryLock();
        if (held is null || Directory.EnumerateFiles(folder, "*", Everywhere).Any(IsOfARun))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            held.Dispose(); // an open file is not deleted there
        }

        Directory.Delete(folder, recursive: true);
    }

    private FileStream? TryLock()
    {
        try
        {
            string path = Path.Combine(folder, RunFolder.LockFile);
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static EnumerationOptions Everywhere => new() { RecurseSubdirectories = true, AttributesToSkip = 0 };

    // Options and names of the data are written first; a log without lines says as little.
    private static bool IsOfARun(string file) =>
        Path.GetFileName(file) is not (RunFolder.OptionsFile or RunFolder.DataFile) && new FileInfo(file).Length > 0;
}
