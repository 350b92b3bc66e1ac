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
        if (_existed || !Directory.Exists(folder) || Directory.EnumerateFiles(folder, "*", Everywhere).Any(IsOfARun))
        {
            return;
        }

        Directory.Delete(folder, recursive: true);
    }

    private static EnumerationOptions Everywhere => new() { RecurseSubdirectories = true, AttributesToSkip = 0 };

    // The options are written first; a log without lines says as little.
    private static bool IsOfARun(string file) =>
        Path.GetFileName(file) != RunFolder.OptionsFile && new FileInfo(file).Length > 0;
}
