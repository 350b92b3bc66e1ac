namespace MlNetImageTranslation.Cli;

/// <summary>Finds a model by its file or, among the models of this project, by its name.</summary>
internal static class ModelFinder
{
    /// <summary>The environment variable with a folder of models that are found by name.</summary>
    public const string FolderVariable = "IMT_MODELS";

    /// <summary>The model's file.</summary>
    /// <exception cref="UserError">There is none; the message lists the names there are.</exception>
    public static string Find(string model)
    {
        if (File.Exists(model))
        {
            return Path.GetExtension(model).ToLowerInvariant() is ".pth" or ".pt" or ".safetensors"
                ? throw new UserError($"'{model}' is a checkpoint, not an ONNX model: 'imt import' makes one of it.")
                : model;
        }

        string[] folders = [.. Folders().Where(Directory.Exists).Distinct()];
        if (!model.Contains('/') && !model.Contains('\\'))
            foreach (var folder in folders)
                if (Candidates(folder, model).FirstOrDefault(File.Exists) is { } found)
                    return found;
        string[] names =
        [
            .. folders
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.onnx", SearchOption.AllDirectories))
                .Select(file => Path.GetFileNameWithoutExtension(file)!)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        throw new UserError(
            Directory.Exists(model)
                ? $"'{model}' is a folder; expected an ONNX file{Examples(model)}."
                : $"There is no model file "
                    + $"'{model}'{(names.Length == 0 ? "" : $", and no model of that name among: {string.Join(", ", names)}")}."
        );
    }

    // A run folder has the models that its run exported.
    private static string Examples(string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*.onnx").Order(StringComparer.Ordinal)];
        return files.Length == 0 ? "" : $", such as {string.Join(" or ", files.Take(2))}";
    }

    private static IEnumerable<string> Candidates(string folder, string name) =>
        [
            Path.Combine(folder, name + ".onnx"),
            Path.Combine(folder, name, name + ".onnx"),
            Path.Combine(folder, name, "model.onnx"),
        ];

    // Where the variable says, below the working folder, beside the program, and in the repository that the program was
    // built in.
    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named)
            yield return named;
        yield return Path.GetFullPath("models");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return Path.Combine(folder.FullName, "models");
    }
}
