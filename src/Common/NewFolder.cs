namespace MlNetImageTranslation;

/// <summary>Makes folders for output, and says what is in the way where that cannot be.</summary>
/// <remarks>This file is compiled into every library that writes files.</remarks>
internal static class NewFolder
{
    /// <summary>Makes a folder, with those above it, where it is missing.</summary>
    /// <exception cref="IOException">It, or one above it, is a file, or it cannot be made; the message names
    /// it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static void Make(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (IOException)
        {
            // Most folders are there or can be made: only then does it matter why not.
            Check(path);
            throw;
        }
    }

    /// <summary>Refuses a folder that cannot be made because a file has its name, or that of one above it.</summary>
    /// <exception cref="IOException">There is such a file; the message names it.</exception>
    public static void Check(string path)
    {
        // The system's words are "Could not find a part of the path", and do not say which part.
        for (string? above = Path.GetFullPath(path); above is not null; above = Path.GetDirectoryName(above))
        {
            above = Path.TrimEndingDirectorySeparator(above);
            if (Directory.Exists(above))
                return;
            if (File.Exists(above))
                throw new IOException(
                    Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) == above
                        ? $"'{path}' is a file; expected a folder, or the name of a new one."
                        : $"Folder '{path}' cannot be made: '{above}' is a file, not a folder."
                );
        }
    }
}
