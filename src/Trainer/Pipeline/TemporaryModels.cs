namespace MlNetImageTranslation.Trainer;

/// <summary>Files for models of runs without a run folder; they are deleted when the process ends.</summary>
internal static class TemporaryModels
{
    private static readonly Lazy<string> s_folder = new(() =>
    {
        string folder = Directory.CreateTempSubdirectory("imt-models-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete(folder);
        return folder;
    });

    /// <summary>A path for a new model.</summary>
    public static string NewFile() => Path.Combine(s_folder.Value, $"{Guid.NewGuid():N}.onnx");

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A model is still open: the system's own cleaning of temporary files will find it.
        }
    }
}
